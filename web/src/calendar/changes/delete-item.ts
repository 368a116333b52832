import { AwayError } from '../../api/api-error.ts';
import { isWriting } from '../../api/pending-writes.ts';
import type { Item } from '../item.ts';
import { applyDelete, isInScope, loadEdited, type Scope } from './edited.ts';
import { findStored, isBeingRenamed } from './find-stored.ts';
import { renewHidden, type Deletion } from './pending-deletes.ts';

/**
 * Finds out at once which version of an item is meant, so that this one is deleted later.
 * @param enqueue does a write after those that are on their way.
 */
export function prepareDelete(
  item: Item,
  scope: Scope,
  enqueue: (work: () => Promise<void>) => Promise<void>,
): Deletion {
  let meant = item;
  let isNamed = !isBeingRenamed(item);
  let etag: string | undefined;
  const findVersion = async (): Promise<void> => {
    meant = await findStored(item);
    isNamed = true;
    etag = (await loadEdited(meant)).event.etag;
    if (meant !== item) renewHidden();
  };
  // What is on its way may give it another name and another version, and is drawn when both are known.
  const version = isWriting() ? enqueue(findVersion) : findVersion();
  // Its failure is told when the event is to be deleted.
  version.catch(() => {});
  // A server that was away for a moment is asked again by then.
  const findAgain = (error: unknown): Promise<void> => {
    if (error instanceof AwayError) return findVersion();
    throw error;
  };
  const send = (keepalive: boolean): Promise<void> => applyDelete(meant, scope, { etag, keepalive });
  return {
    eventId: () => meant.eventId,
    // What is drawn as moved still goes by the names from before.
    isHidden: (other) => isInScope(scope, other.move ? item : meant, other),
    isNamed: () => isNamed,
    async send(isLeaving) {
      // Whoever leaves at once cannot wait for the version, and means it all the same.
      if (isLeaving) return send(true);
      return enqueue(async () => {
        await version.catch(findAgain);
        await send(false);
      });
    },
  };
}
