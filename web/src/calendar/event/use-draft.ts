import { useMemo, useState } from 'react';
import type { Edited, Scope } from '../changes/edited.ts';
import type { Draft } from './draft.ts';
import { followStart, type SaidRule } from './repeat/follow-start.ts';
import { movedRule } from './repeat/rule-in-scope.ts';

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
  const [said, setSaid] = useState<SaidRule>();
  const [wished, setScope] = useState(firstScope);
  const canBeOne = said === undefined;
  const scope = canBeOne || wished !== 'this' ? wished : 'following';
  const unsaid = existing ? movedRule(existing, typed, scope) : '';
  const rrule = said ? followStart(said, typed) : unsaid;
  const draft = useMemo(() => ({ ...typed, rrule }), [typed, rrule]);
  return {
    draft,
    scope,
    canBeOne,
    setScope,
    change: (part: Partial<Draft>): void => setTyped((before) => ({ ...before, ...part })),
    repeat: (rule: string): void => setSaid(rule === unsaid ? undefined : { rrule: rule, start: typed }),
  };
}
