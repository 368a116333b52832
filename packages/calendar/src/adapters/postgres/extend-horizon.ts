import { encodeTimestamp, type Postgres, type Queries } from '@daywatch/service-kit/postgres';
import type { CalendarId } from '../../calendar/calendar.ts';
import type { EventId } from '../../event/event.ts';
import { extendRows } from '../../occurrence/extend-rows.ts';
import type { OccurrenceSpan } from '../../occurrence/occurrence.ts';
import { planReminders } from '../../reminder/plan-reminders.ts';
import { MIN_INSTANT, type Instant } from '../../time/instant.ts';
import type { TimeZoneId } from '../../time/time-zone.ts';
import { spanClassOf } from '../span-class.ts';
import { encodeSpans } from './event-parameters.ts';
import { addPlannedReminders } from './keep-reminders.ts';
import { markTaken } from './mark-taken.ts';
import { toListedSeries } from './series-json.ts';
import { extendSeries } from './sql/extend-series.ts';
import { getEndless } from './sql/get-endless.ts';
import { tryLockCalendar, type EventKeyRow } from './sql/list-due-series.ts';
import { refreshPlainUntil } from './sql/settle-calendar.ts';

/**
 * Moves the horizon of one series.
 * @returns how many of its new rows clash; undefined where somebody else writes to its calendar, or it is due
 *   no longer.
 */
export async function extendOne(
  db: Postgres,
  { calendar_id, event_id }: EventKeyRow,
  { dueBefore, until }: { readonly dueBefore: Instant; readonly until: Instant },
  signal?: AbortSignal,
): Promise<number | undefined> {
  return db.transaction(async (queries) => {
    const [locked] = await queries.query(tryLockCalendar, [calendar_id]);
    if (!locked) return undefined;
    const [row] = await queries.query(getEndless, [calendar_id, event_id, encodeTimestamp(dueBefore)]);
    if (!row) return undefined;
    const { spans, reached } = extendRows(toListedSeries(row, row.series), until);
    const calendarId = calendar_id as CalendarId;
    const marks = row.busy ? await markTaken(queries, calendarId, spans) : spans.map(() => false);
    await write(queries, row, spans, marks, reached);
    await addPlannedReminders(queries, { calendarId, id: event_id as EventId }, remindersOf(row, spans));
    return marks.filter(Boolean).length;
  }, signal);
}

/** What lies so far ahead is planned as if nothing were over; whatever is, schedulers find out. */
function remindersOf(
  row: { readonly notify_before: readonly string[]; readonly time_zone: string; readonly busy: boolean },
  spans: readonly OccurrenceSpan[],
) {
  const event = { notifyBefore: row.notify_before, timeZone: row.time_zone as TimeZoneId };
  const occurrences = spans.map((span) => ({ ...span, busy: row.busy }));
  return planReminders(event, occurrences, MIN_INSTANT);
}

async function write(
  queries: Queries,
  { calendar_id, event_id, busy }: EventKeyRow & { readonly busy: boolean },
  spans: readonly OccurrenceSpan[],
  marks: readonly boolean[],
  reached: Instant | undefined,
): Promise<void> {
  const classes = spans.map(spanClassOf);
  await Promise.all([
    queries.query(extendSeries, [
      calendar_id,
      event_id,
      reached === undefined ? null : encodeTimestamp(reached),
      ...encodeSpans(spans),
      classes,
      marks,
      busy,
      [...new Set(classes)],
    ]),
    queries.query(refreshPlainUntil, [calendar_id]),
  ]);
}
