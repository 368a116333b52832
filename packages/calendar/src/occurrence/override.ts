import type { Event, EventContent, Schedule } from '../event/event.ts';
import { sameSchedule } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import { dateToUtcMs, utcMsToDate } from '../time/plain-date.ts';
import { spanOf, type OccurrenceSpan } from './occurrence.ts';
import type { EventTiming } from './series-of.ts';

/** What was changed of one occurrence; what is absent is as in the series. Never empty where it is stored. */
export interface OccurrenceChanges {
  readonly title?: string;
  readonly schedule?: Schedule;
  readonly description?: string;
  readonly location?: string;
  readonly notifyBefore?: readonly string[];
  readonly busy?: boolean;
}

/** The changes of the occurrence that the recurrence id names. */
export interface OccurrenceOverride {
  readonly recurrenceId: Instant;
  readonly changes: OccurrenceChanges;
}

/** One concrete time of an event, as it is to be stored: with what was changed of it. */
export interface PlannedOccurrence extends OccurrenceSpan {
  readonly busy: boolean;
  readonly changes?: OccurrenceChanges;
}

type Content = Pick<
  EventContent,
  'title' | 'schedule' | 'description' | 'location' | 'notifyBefore' | 'busy' | 'timeZone'
>;

/** The occurrence with its changes, as it is stored. */
export function planOccurrence(
  event: EventTiming & Pick<EventContent, 'busy'>,
  span: OccurrenceSpan,
  changes: OccurrenceChanges | undefined,
): PlannedOccurrence {
  if (!changes) return { ...span, busy: event.busy };
  const { start, end } = changes.schedule ? spanOf(changes.schedule, event.timeZone) : span;
  return { recurrenceId: span.recurrenceId, start, end, busy: changes.busy ?? event.busy, changes };
}

/** When the occurrence is without its changes. */
export function originalSchedule({ schedule }: EventTiming, { recurrenceId }: OccurrenceSpan): Schedule {
  switch (schedule.kind) {
    case 'timed':
      return {
        kind: 'timed',
        start: recurrenceId,
        end: (recurrenceId + schedule.end - schedule.start) as Instant,
      };
    case 'all-day': {
      const lengthMs = dateToUtcMs(schedule.end) - dateToUtcMs(schedule.start);
      return {
        kind: 'all-day',
        start: utcMsToDate(recurrenceId),
        end: utcMsToDate(recurrenceId + lengthMs),
      };
    }
    default:
      return schedule satisfies never;
  }
}

/** The event in the shape of one of its occurrences. */
export function contentOfOccurrence<T extends Content & EventTiming>(
  event: T,
  span: OccurrenceSpan,
  changes: OccurrenceChanges | undefined,
): T {
  return { ...event, schedule: originalSchedule(event, span), recurrence: null, ...changes };
}

/** What tells the occurrence's content from the series'; undefined where nothing does. */
export function diffOccurrence(
  series: Event,
  span: OccurrenceSpan,
  content: Content,
): OccurrenceChanges | undefined {
  const original = contentOfOccurrence(series, span, undefined);
  const changes: OccurrenceChanges = {
    ...(content.title !== original.title && { title: content.title }),
    ...(!sameSchedule(content.schedule, original.schedule) && { schedule: content.schedule }),
    ...(content.description !== original.description && { description: content.description }),
    ...(content.location !== original.location && { location: content.location }),
    ...(content.notifyBefore.join() !== original.notifyBefore.join() && {
      notifyBefore: content.notifyBefore,
    }),
    ...(content.busy !== original.busy && { busy: content.busy }),
  };
  return Object.keys(changes).length > 0 ? changes : undefined;
}
