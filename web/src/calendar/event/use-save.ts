import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { conflictsOf, type Conflict } from '../../api/api-error.ts';
import { callApi } from '../../api/call-api.ts';
import { makeId } from '../../api/make-id.ts';
import { useText } from '../../i18n/text.ts';
import type { Span } from '../../time/span.ts';
import { applyChange, draftOfEdited, type Edited, type Scope } from '../changes/edited.ts';
import { explainError } from '../changes/explain-error.ts';
import { refreshSettled } from '../changes/item-cache.ts';
import { flushDeletes } from '../changes/pending-deletes.ts';
import type { Wish } from '../changes/use-changes.ts';
import { bodyOf, spanOf, type Draft } from './draft.ts';
import { storedRule } from './repeat/rule-in-scope.ts';

/** Why an event was not saved. */
export type SaveFailure =
  | { readonly kind: 'taken'; readonly conflicts: readonly Conflict[]; readonly wish: Span }
  | { readonly kind: 'other'; readonly message: string };

interface SaveOptions {
  readonly existing: Edited | undefined;
  /** A move that was refused: what its answer said is shown without asking again. */
  readonly wish: Wish | undefined;
  readonly onDone: () => void;
}

export function useSave({ existing, wish: refused, onDone }: SaveOptions) {
  const client = useQueryClient();
  const text = useText();
  const [failure, setFailure] = useState<SaveFailure | undefined>(
    refused && { kind: 'taken', conflicts: refused.conflicts, wish: refused.span },
  );
  const [isSaving, setIsSaving] = useState(false);
  // The same id each time: an answer that was lost on its way must not make a second event.
  const id = useRef(makeId());

  const save = async (draft: Draft, scope: Scope): Promise<void> => {
    setIsSaving(true);
    try {
      await flushDeletes();
      if (existing) {
        const { rrule } = storedRule(existing, scope);
        await applyChange(existing, { ...draftOfEdited(existing), rrule }, draft, scope);
      } else {
        const calendar = draft.calendarId === '' ? {} : { calendar_id: draft.calendarId };
        await callApi('CreateEvent', { body: { id: id.current, ...bodyOf(draft), ...calendar } });
      }
      void refreshSettled(client);
      onDone();
    } catch (error) {
      const conflicts = conflictsOf(error);
      const wish = spanOf(draft);
      setFailure(
        conflicts && wish
          ? { kind: 'taken', conflicts, wish }
          : { kind: 'other', message: explainError(error, text) },
      );
    } finally {
      setIsSaving(false);
    }
  };
  return { save, failure, isSaving, forget: () => setFailure(undefined) };
}
