import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { conflictsOf, type Conflict } from '../../api/api-error.ts';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { isSameSpan, readSpan, type Span } from '../../time/span.ts';
import { showToast } from '../../ui/toasts.tsx';
import { timesOf, type Draft } from '../event/draft.ts';
import type { Item } from '../item.ts';
import { prepareDelete } from './delete-item.ts';
import { applyChange, draftOfEdited, loadEdited, type Edited, type Scope } from './edited.ts';
import { ChangedElsewhere, explainError } from './explain-error.ts';
import { drawMove } from './draw-move.ts';
import { findStored } from './find-stored.ts';
import { refreshItems, refreshSettled, stopLoading } from './item-cache.ts';
import { deleteLater, flushDeletes, flushDeletesOf } from './pending-deletes.ts';
import { enqueueWrite } from './write-queue.ts';

export interface Changes {
  /** Moves or resizes at once, and back again with the reason where it is refused. */
  readonly move: (item: Item, span: Span, scope: Scope) => void;
  /** Hides it at once, and deletes it unless that is undone. */
  readonly remove: (item: Item, scope: Scope) => void;
}

/** A move that was refused. */
export interface Wish {
  readonly span: Span;
  readonly scope: Scope;
  readonly conflicts: readonly Conflict[];
}

interface ChangesOptions {
  /** Where the wished time is taken: lets the person look for another. */
  readonly onTaken: (item: Item, wish: Wish) => void;
}

export function useChanges({ onTaken }: ChangesOptions): Changes {
  const client = useQueryClient();
  const text = useText();
  const format = useFormat();
  return useMemo(() => {
    const enqueue = <T>(work: () => Promise<T>): Promise<T> =>
      enqueueWrite(work, () => void refreshItems(client));
    const move = (item: Item, span: Span, scope: Scope): void => {
      if (isSameSpan(item.span, span)) return;
      void stopLoading(client);
      void flushDeletes();
      const answer = enqueue(() => moveStored(item, span, scope));
      const eventId = answer.catch(() => undefined);
      const undoDrawing = drawMove(client, { item, span, scope, eventId });
      answer.then(
        () => {
          const undo = { label: text.undo, run: () => move({ ...item, span }, item.span, scope) };
          showToast({
            text: text.moved(item.title, format.fullSpan(span)),
            // A series that was moved as a whole has other occurrences now, and one that was split is two.
            ...(scope === 'this' && { action: undo }),
          });
        },
        (error: unknown) => {
          undoDrawing();
          const conflicts = conflictsOf(error);
          showToast({
            text: text.notMoved(item.title, explainError(error, text)),
            isError: true,
            ...(conflicts && {
              action: { label: text.findTime, run: () => onTaken(item, { span, scope, conflicts }) },
            }),
          });
        },
      );
    };
    const remove = (item: Item, scope: Scope): void => {
      // Each change of a series is another version of it, and this one is to be read after those that are known.
      void flushDeletesOf(item.eventId);
      const deletion = prepareDelete(item, scope, enqueue);
      const undo = deleteLater({
        ...deletion,
        async send(isLeaving) {
          closeToast();
          try {
            await deletion.send(isLeaving);
          } catch (error) {
            showToast({ text: text.notDeleted(item.title, explainError(error, text)), isError: true });
          }
          await refreshSettled(client);
        },
      });
      const closeToast = showToast({
        text: text.deleted(item.title),
        isPending: true,
        action: { label: text.undo, run: undo },
      });
    };
    return { move, remove };
  }, [client, text, format, onTaken]);
}

/**
 * @returns the id of the event that the occurrence belongs to then.
 * @throws ChangedElsewhere where the event is not where it was drawn, and what the API refuses.
 */
async function moveStored(drawn: Item, span: Span, scope: Scope): Promise<string> {
  const item = await findStored(drawn);
  const edited = await loadEdited(item);
  if (!isSameSpan(readSpan(edited.event), item.span)) throw new ChangedElsewhere();
  const stored = draftOfEdited(edited);
  const moved = { ...stored, ...timesOf(span, stored.zone) };
  const [before, after] =
    scope === 'this' || !edited.series ? [stored, moved] : await takeRuleAlong(edited, moved, scope);
  return applyChange(edited, before, after, scope, span);
}

/** Rules are code that the first view does without. */
async function takeRuleAlong(edited: Edited, moved: Draft, scope: Scope): Promise<readonly [Draft, Draft]> {
  const { storedRule, movedRule } = await import('../event/repeat/rule-in-scope.ts');
  return [
    { ...draftOfEdited(edited), rrule: storedRule(edited, scope).rrule },
    { ...moved, rrule: movedRule(edited, moved, scope).rrule },
  ];
}
