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

/** The rule that goes with the times that were chosen: one occurrence alone takes none along. */
export function movedRule(edited: Edited, chosen: Draft, scope: Scope): string {
  const stored = storedRule(edited, scope);
  if (scope === 'this' || isSameTime(draftOfEdited(edited), chosen)) return stored.rrule;
  return followStart(stored, chosen);
}
