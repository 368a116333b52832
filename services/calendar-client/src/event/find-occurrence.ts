import { CalendarService, type Event, type Occurrence } from '@daywatch/protocol/calendar';
import { Temporal } from 'temporal-polyfill';
import { RefusedError, UsageError } from '../failure.ts';
import { listBetween } from '../listing/list-pages.ts';
import type { Session } from '../session.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { parseWhen, type When } from '../time/parse-when.ts';
import { daysOf, describeTime, toShownTime } from './shown-time.ts';

/** How far around the day occurrences are looked at: one that was moved may be named by its first day. */
const AROUND_DAYS = 40;
const MAX_NEAREST = 3;

/**
 * Finds the occurrence of an event that a person names: by the day that it is on, or was on before it was moved,
 * by its time, or as the `next` one.
 * @returns the occurrence as an event.
 * @throws UnclearTime, RefusedError where there is none, UsageError where there are several.
 */
export async function findOccurrence(session: Session, event: Event, typed: string): Promise<Event> {
  const isNext = typed.trim().toLowerCase() === 'next';
  const when = isNext ? undefined : parseWhen(typed, { now: session.now });
  const occurrences = await listAround(session, event, when);
  const found = when === undefined ? occurrences.slice(0, 1) : matchesOf(session, occurrences, when);
  const [only] = found;
  if (only && found.length === 1)
    return session.api.call(CalendarService.method.getOccurrence, {
      eventId: event.id,
      recurrenceId: only.recurrenceId,
    });
  const title = sanitizeLine(event.title);
  if (found.length > 1)
    throw new UsageError(
      `'${title}' takes place ${found.length} times then; name the time as well:`,
      ...found.map((occurrence) => `  ${describe(session, occurrence)}`),
    );
  const nearest = nearestOf(session, occurrences, when);
  throw new RefusedError(
    'occurrence_not_found',
    `'${title}' does not take place then ('${sanitizeLine(typed)}')`,
    ...(nearest.length === 0
      ? []
      : ['Near that it does on:', ...nearest.map((occurrence) => `  ${describe(session, occurrence)}`)]),
  );
}

async function listAround(
  session: Session,
  event: Event,
  when: When | undefined,
): Promise<readonly Occurrence[]> {
  const at = when === undefined ? session.now : startOfWhen(when, session.settings.zone);
  const days = when === undefined ? 0 : AROUND_DAYS;
  const range = [at.subtract({ days }), at.add(days === 0 ? { years: 1 } : { days: days + 1 })] as const;
  const { occurrences } = await listBetween(
    session,
    range[0].toInstant(),
    range[1].toInstant(),
    event.calendarId,
  );
  return occurrences.filter(({ eventId }) => eventId === event.id);
}

function startOfWhen(when: When, zone: string): Temporal.ZonedDateTime {
  return when.kind === 'time' ? when.time : when.date.toZonedDateTime(zone);
}

/** Those that are on that day or at that time; where none is, those that were there before they were moved. */
function matchesOf(
  { settings }: Session,
  occurrences: readonly Occurrence[],
  when: When,
): readonly Occurrence[] {
  const { zone } = settings;
  const isThere = (occurrence: Occurrence): boolean => {
    const time = toShownTime(occurrence, zone);
    if (when.kind === 'date') return daysOf(time).first.equals(when.date);
    return time.kind === 'timed' && time.start.epochMilliseconds === when.time.epochMilliseconds;
  };
  const wasThere = ({ recurrenceId, allDay }: Occurrence): boolean => {
    if (allDay) return when.kind === 'date' && recurrenceId === when.date.toString();
    const original = Temporal.Instant.from(recurrenceId).toZonedDateTimeISO(zone);
    return when.kind === 'date'
      ? original.toPlainDate().equals(when.date)
      : original.epochMilliseconds === when.time.epochMilliseconds;
  };
  const there = occurrences.filter(isThere);
  return there.length > 0 ? there : occurrences.filter(wasThere);
}

function nearestOf(
  { settings }: Session,
  occurrences: readonly Occurrence[],
  when: When | undefined,
): readonly Occurrence[] {
  if (when === undefined) return [];
  const at = startOfWhen(when, settings.zone).epochMilliseconds;
  const distance = (occurrence: Occurrence): number => {
    const time = toShownTime(occurrence, settings.zone);
    const start = time.kind === 'timed' ? time.start : time.start.toZonedDateTime(settings.zone);
    return Math.abs(start.epochMilliseconds - at);
  };
  const nearest = new Set(occurrences.toSorted((a, b) => distance(a) - distance(b)).slice(0, MAX_NEAREST));
  return occurrences.filter((occurrence) => nearest.has(occurrence));
}

function describe({ settings, style }: Session, occurrence: Occurrence): string {
  return describeTime(toShownTime(occurrence, settings.zone), style.signs);
}
