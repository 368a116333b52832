import { useMemo, useState } from 'react';
import type { Edited, Scope } from '../changes/edited.ts';
import type { Draft } from './draft.ts';
import { followStart } from './repeat/follow-start.ts';
import { movedRule, ruleInScope, type RuleInScope } from './repeat/rule-in-scope.ts';

interface FirstDraft {
  readonly draft: Draft;
  readonly existing: Edited | undefined;
  readonly scope: Scope;
}

/**
 * What is typed of an event. Its rule is worked out from the start, the chosen start and the scope, in whichever order
 * they are chosen, so that what is shown is what is saved.
 */
export function useDraft({ draft: first, existing, scope: firstScope }: FirstDraft) {
  const [typed, setTyped] = useState(first);
  const [said, setSaid] = useState<RuleInScope>();
  const [wished, setScope] = useState(firstScope);
  const canBeOne = said === undefined;
  const scope = canBeOne || wished !== 'this' ? wished : 'following';
  const unsaid = useMemo(
    () => (existing ? movedRule(existing, typed, scope) : { rrule: '', start: typed }),
    [existing, typed, scope],
  );
  const rule = useMemo(() => {
    if (!said) return unsaid;
    if (existing) return ruleInScope(said, existing, typed, unsaid);
    return { rrule: followStart(said, unsaid.start), start: unsaid.start };
  }, [said, unsaid, existing, typed]);
  const day = typed.startDate;
  const shown = useMemo(() => existing && { edited: existing, scope, day }, [existing, scope, day]);
  return {
    draft: { ...typed, rrule: rule.rrule },
    /** With the start that it is of; one occurrence that is moved alone leaves it where it was. */
    rule,
    shown,
    scope,
    canBeOne,
    setScope,
    change: (part: Partial<Draft>): void => setTyped((before) => ({ ...before, ...part })),
    repeat: (rrule: string): void =>
      setSaid(rrule === unsaid.rrule ? undefined : { rrule, start: rule.start, scope, unsaid: unsaid.rrule }),
  };
}
