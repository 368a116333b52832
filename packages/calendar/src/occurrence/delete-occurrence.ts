import type { CalendarContext } from '../context.ts';
import type { ExpectedEtags } from '../event/check-etag.ts';
import type { UserId } from '../event/event.ts';
import type { OccurrenceTarget } from './occurrence-target.ts';

/**
 * Deletes one occurrence (`this`), or it and all that follow (`following`). Where nothing of the event
 * remains, the event is deleted.
 * @param expected the etags of the event that are accepted as current.
 * @throws ErrEventNotFound, ErrOccurrenceNotFound (also the second time), ErrStaleEvent.
 */
export async function deleteOccurrence(
  _context: CalendarContext,
  _user: UserId,
  _target: OccurrenceTarget,
  _expected?: ExpectedEtags,
  _signal?: AbortSignal,
): Promise<void> {
  throw new Error('to be written');
}
