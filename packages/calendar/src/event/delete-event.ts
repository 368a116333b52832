import type { CalendarContext } from '../context.ts';
import { checkEtag, type ExpectedEtags } from './check-etag.ts';
import type { UserId } from './event.ts';
import { parseEventId } from './get-event.ts';

/**
 * Deletes the user's event.
 * @throws ErrEventNotFound (also the second time), ErrStaleEvent.
 */
export async function deleteEvent(
  context: CalendarContext,
  user: UserId,
  id: string,
  expected?: ExpectedEtags,
  signal?: AbortSignal,
): Promise<void> {
  await context.events.delete(user, parseEventId(id), (current) => checkEtag(current, expected), signal);
}
