import type { EventContent } from '../event/event.ts';
import { spanOf, type OccurrenceSpan } from './occurrence.ts';

/** Every concrete time of an event. A one-off event has exactly one. */
export function planOccurrences(event: EventContent): readonly OccurrenceSpan[] {
  return [spanOf(event.schedule, event.timeZone)];
}
