import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { conflictsOf } from '../../api/api-error.ts';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { isSameSpan, readSpan, writeSpan, type Span } from '../../time/span.ts';
import { showToast } from '../../ui/toasts.tsx';
import type { Item } from '../item.ts';
import { changeEvent, readEvent, removeEvent } from './event-requests.ts';
import { ChangedElsewhere, explainError } from './explain-error.ts';
import { refreshItems, replaceItem, stopLoading } from './item-cache.ts';
import { deleteLater, flushDeletes } from './pending-deletes.ts';

export interface Changes {
  /** Moves or resizes at once, and back again with the reason where it is refused. */
  readonly move: (item: Item, span: Span) => void;
  /** Hides it at once, and deletes it unless that is undone. */
  readonly remove: (item: Item) => void;
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
        if (waiting === 0) refreshItems(client);
      });
    };
    const move = (item: Item, span: Span): void => {
      if (isSameSpan(item.span, span)) return;
      void stopLoading(client);
      replaceItem(client, item.key, span);
      enqueue(async () => {
        try {
          await flushDeletes();
          const event = await readEvent(item);
          if (!isSameSpan(readSpan(event), item.span)) throw new ChangedElsewhere();
          await changeEvent(item, writeSpan(span, event.time_zone), event.etag);
          showToast({
            text: text.moved(item.title, format.fullSpan(span)),
            action: { label: text.undo, run: () => move({ ...item, span }, item.span) },
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
    const remove = (item: Item): void => {
      const version = readEvent(item);
      // Its failure is told when the event is to be deleted.
      version.catch(() => {});
      const undo = deleteLater(
        ({ eventId }) => eventId === item.eventId,
        async (isLeaving) => {
          try {
            await removeEvent(item, (await version).etag, isLeaving);
          } catch (error) {
            showToast({ text: text.notDeleted(item.title, explainError(error, text)), isError: true });
          }
          await client.invalidateQueries({ queryKey: ['occurrences'] });
        },
      );
      showToast({ text: text.deleted(item.title), action: { label: text.undo, run: undo } });
    };
    return { move, remove };
  }, [client, text, format, onTaken]);
}
