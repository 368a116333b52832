import { draftOfEdited, type Edited, type Scope } from '../../changes/edited.ts';
import { isSameTime, startOfOriginal, type Draft } from '../draft.ts';
import { followStart, type SaidRule } from './follow-start.ts';
import { keepRest } from './keep-rest.ts';

/** The rule of what a scope means, as it is before it is changed: of one occurrence that of what begins with it. */
export function storedRule(edited: Edited, scope: Scope): SaidRule {
  const draft = draftOfEdited(edited);
  const { item, series } = edited;
  if (!series || scope === 'all') return { rrule: draft.rrule, start: draft };
  return {
    rrule: keepRest(series, item.recurrenceId),
    // A part of a series begins where its first occurrence was by the rule, wherever that was moved alone.
    start: { ...draft, ...startOfOriginal(item.recurrenceId, draft.zone) },
  };
}

/**
 * The rule that goes with the times that were chosen, with where what it is of begins then: where it did, for one
 * occurrence alone, which takes no rule along, and where no time was changed.
 */
export function movedRule(edited: Edited, chosen: Draft, scope: Scope): SaidRule {
  const stored = storedRule(edited, scope);
  const isAlone = edited.series !== undefined && scope === 'this';
  if (isAlone || isSameTime(draftOfEdited(edited), chosen)) return stored;
  return { rrule: followStart(stored, chosen), start: chosen };
}

/** A rule that was said while a scope was chosen. */
export interface RuleInScope extends SaidRule {
  readonly scope: Scope;
  /** The rule that was shown until then. */
  readonly unsaid: string;
}

/**
 * What was said, in the scope that is chosen now. It moves as what it was said of; how many are left depends on the
 * scope, where that is not what was said.
 * @param here the `movedRule` of the scope that is chosen now.
 */
export function ruleInScope(said: RuleInScope, edited: Edited, chosen: Draft, here: SaidRule): SaidRule {
  const there = movedRule(edited, chosen, said.scope === 'all' ? 'all' : 'following');
  const rrule = followStart(said, there.start);
  const count = countOf(here.rrule);
  const isLeft = count !== undefined && countOf(said.rrule) === countOf(said.unsaid);
  return { rrule: isLeft ? rrule.replace(COUNT, count) : rrule, start: here.start };
}

const COUNT = /\bCOUNT=\d+/;

function countOf(rrule: string): string | undefined {
  return COUNT.exec(rrule)?.[0];
}
