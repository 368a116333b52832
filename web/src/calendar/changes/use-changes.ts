import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { conflictsOf } from '../../api/api-error.ts';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { isSameSpan, readSpan, type Span } from '../../time/span.ts';
import { showToast } from '../../ui/toasts.tsx';
import { timesOf, type Draft } from '../event/draft.ts';
import type { Item } from '../item.ts';
import { applyChange, applyDelete, draftOfEdited, isInScope, loadEdited, type Scope } from './edited.ts';
import { ChangedElsewhere, explainError } from './explain-error.ts';
import { refreshItems, replaceItem, stopLoading } from './item-cache.ts';
import { deleteLater, flushDeletes } from './pending-deletes.ts';

export interface Changes {
  /** Moves or resizes at once, and back again with the reason where it is refused. */
  readonly move: (item: Item, span: Span, scope: Scope) => void;
  /** Hides it at once, and deletes it unless that is undone. */
  readonly remove: (item: Item, scope: Scope) => void;
}

interface ChangesOptions {
  /** Where the wished time is taken: lets the person look for another. */
  readonly onTaken: (item: Item, span: Span) => void;
}

/** One write after the other: the second is made from what the first left. */
let queue: Promise<unknown> = Promise.resolve();
let waiting = 0;

export function useChanges({ onTaken }: ChangesOptions): Changes {
  const client = useQueryClient();
  const text = useText();
  const format = useFormat();
  return useMemo(() => {
    const enqueue = (work: () => Promise<void>): void => {
      waiting += 1;
      queue = queue.then(work).finally(() => {
        waiting -= 1;
        if (waiting === 0) void refreshItems(client);
      });
    };
    const move = (item: Item, span: Span, scope: Scope): void => {
      if (isSameSpan(item.span, span)) return;
      void stopLoading(client);
      replaceItem(client, item.key, span);
      enqueue(async () => {
        try {
          await moveStored(item, span, scope);
          const undo = { label: text.undo, run: () => move({ ...item, span }, item.span, scope) };
          showToast({
            text: text.moved(item.title, format.fullSpan(span)),
            // A series that was moved as a whole has other occurrences now, and one that was split is two.
            ...(scope === 'this' && { action: undo }),
          });
        } catch (error) {
          replaceItem(client, item.key, item.span);
          const isTaken = conflictsOf(error) !== undefined;
          showToast({
            text: text.notMoved(item.title, explainError(error, text)),
            isError: true,
            ...(isTaken && { action: { label: text.findTime, run: () => onTaken(item, span) } }),
          });
        }
      });
    };
    const remove = (item: Item, scope: Scope): void => {
      let etag: string | undefined;
      const version = loadEdited(item).then(({ event }) => {
        etag = event.etag;
      });
      // Its failure is told when the event is to be deleted.
      version.catch(() => {});
      const undo = deleteLater(
        (other) => isInScope(scope, item, other),
        async (isLeaving) => {
          try {
            // Whoever leaves at once cannot wait for the version, and means it all the same.
            if (!isLeaving) await version;
            await applyDelete(item, scope, { etag, keepalive: isLeaving });
          } catch (error) {
            showToast({ text: text.notDeleted(item.title, explainError(error, text)), isError: true });
          }
          await refreshItems(client);
        },
      );
      showToast({ text: text.deleted(item.title), action: { label: text.undo, run: undo } });
    };
    return { move, remove };
  }, [client, text, format, onTaken]);
}

/** @throws ChangedElsewhere where the event is not where it was drawn, and what the API refuses. */
async function moveStored(item: Item, span: Span, scope: Scope): Promise<void> {
  await flushDeletes();
  const edited = await loadEdited(item);
  if (!isSameSpan(readSpan(edited.event), item.span)) throw new ChangedElsewhere();
  const before = draftOfEdited(edited);
  const moved = { ...before, ...timesOf(span, before.zone) };
  const after = scope === 'this' || !edited.series ? moved : await takeRuleAlong(before, moved);
  await applyChange(edited, before, after, scope, span);
}

/** Rules are code that the first view does without. */
async function takeRuleAlong(before: Draft, after: Draft): Promise<Draft> {
  const { followStart } = await import('../event/repeat/follow-start.ts');
  return followStart(before, after);
}
