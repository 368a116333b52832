import { ErrStaleEvent } from '../errors.ts';
import { abbreviate } from '../time/plain-date.ts';
import { etagOf, type Event } from './event.ts';

/**
 * The etags that a change accepts as the event's current one: undefined accepts any. Over HTTP the
 * list comes from If-Match (RFC 9110 section 13.1.1).
 */
export type ExpectedEtags = readonly string[] | undefined;

/** @throws ErrStaleEvent where the event's etag is none of the expected ones. */
export function checkEtag(event: Event, expected: ExpectedEtags): void {
  if (expected === undefined) return;
  const current = etagOf(event);
  if (!expected.includes(current)) throw new ErrStaleEvent(abbreviate(expected.join(', ')), current);
}
