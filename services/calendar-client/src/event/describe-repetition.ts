import type { Event, Occurrence } from '@daywatch/protocol/calendar';
import { Temporal } from 'temporal-polyfill';
import { toConflictView } from '../api/call-failure.ts';
import { describeConflicts } from '../free/describe-conflict.ts';
import { listBetween } from '../listing/list-pages.ts';
import { describeRepeat } from '../repeat/describe-repeat.ts';
import { formatStart } from '../repeat/preview.ts';
import { nextStarts } from '../repeat/series-dates.ts';
import { readSeries } from '../repeat/series-of.ts';
import type { Session } from '../session.ts';
import type { Fact } from './describe-event.ts';
import { shortenId } from './short-id.ts';
import { describeTime, toShownTime } from './shown-time.ts';

const MAX_DATES = 5;
const NEXT_DATES = 3;

/** How an event repeats: the rule in words, what comes next, what is apart from the rule, and what clashes. */
export async function describeRepetition(session: Session, event: Event): Promise<readonly Fact[]> {
  const linked: readonly Fact[] = [
    ['Goes on', event.continues === '' ? '' : `from ${shortenId(event.continues)}, the series before it`],
    ['Goes on', event.continuedBy === '' ? '' : `as ${shortenId(event.continuedBy)}, the series after it`],
  ];
  if (event.recurrenceId !== '')
    return [['One of', `a series; by its rule on ${describeStart(session, event.recurrenceId)}`]];
  if (!event.recurrence) return linked;
  const { rrule, exdates, rdates } = event.recurrence;
  const { zone } = session.settings;
  const series = readSeries(event, event.recurrence);
  const { coming, changed } = await listYear(session, event);
  const far = series ? nextStarts(series, session.now.toInstant(), NEXT_DATES, zone).map(formatStart) : [];
  const near = coming.slice(0, NEXT_DATES).map((occurrence) => whenOf(session, occurrence));
  const clashes = await describeConflicts(session, event.conflicts.map(toConflictView));
  return [
    ['Repeats', series ? describeRepeat(series, zone) : rrule],
    ['Rule', rrule],
    ['Next', near.length > 0 ? near : far.length > 0 ? far : 'none: it is over'],
    ['Left out', listDates(session, exdates)],
    ['Added', listDates(session, rdates)],
    ['Apart', changed.map((occurrence) => describeChanged(session, occurrence, event))],
    ['Clashes', clashes],
    ...linked,
  ];
}

interface Year {
  readonly coming: readonly Occurrence[];
  readonly changed: readonly Occurrence[];
}

/** The event's occurrences of the coming year: the server knows which of them were moved. */
async function listYear(session: Session, event: Event): Promise<Year> {
  const { now } = session;
  const { occurrences } = await listBetween(
    session,
    now.toInstant(),
    now.add({ years: 1 }).toInstant(),
    event.calendarId,
  );
  const coming = occurrences.filter(({ eventId }) => eventId === event.id);
  return { coming, changed: coming.filter(({ overridden }) => overridden) };
}

/** `Thu 26 Nov 2026, 09:30: Fri 27 Nov 2026, 10:00–10:15 (15 min), Standup with guests`. */
function describeChanged(session: Session, occurrence: Occurrence, event: Event): string {
  const original = describeStart(session, occurrence.recurrenceId);
  const title = occurrence.title === event.title ? [] : [occurrence.title];
  const place =
    occurrence.location === event.location || occurrence.location === '' ? [] : [occurrence.location];
  return `${original}: ${[whenOf(session, occurrence), ...title, ...place].join(', ')}`;
}

function whenOf({ settings, style }: Session, occurrence: Occurrence): string {
  return describeTime(toShownTime(occurrence, settings.zone), style.signs);
}

/** The first of some starts in the forms of the API, and how many more there are. */
export function listDates(session: Session, dates: readonly string[]): readonly string[] {
  const shown = dates.slice(0, MAX_DATES).map((date) => describeStart(session, date));
  return dates.length > shown.length ? [...shown, `and ${dates.length - shown.length} more`] : shown;
}

/** A start in the forms of the API, on the clock of the person. */
function describeStart({ settings }: Session, text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatStart(Temporal.PlainDate.from(text));
  return formatStart(Temporal.Instant.from(text).toZonedDateTimeISO(settings.zone));
}
