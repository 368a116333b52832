import { encodeTimestamp, type Postgres, type Queries } from '@daywatch/service-kit/postgres';
import { ErrCalendarNotFound } from '../../errors.ts';
import type { AddResult, PlannedEvent } from '../../event/event-store.ts';
import { toInstant } from '../../time/instant.ts';
import { busyUntil, eventParameters } from './event-parameters.ts';
import { toEvent } from './event-row.ts';
import { lookAround } from './look-around.ts';
import { explainRefusal, isRefusal, retryRefused } from './refusal.ts';
import { addEvent } from './sql/add-event.ts';
import { getCalendar } from './sql/get-calendar.ts';
import { getEvent } from './sql/get-event.ts';
import { lockCalendarToWrite } from './sql/lock-calendar-to-write.ts';
import { lockEventId } from './sql/lock-event-id.ts';
import { refreshPlainUntil } from './sql/settle-calendar.ts';

/**
 * Adds an event: in one statement where its id is fresh, since then nobody else can be adding it, and
 * where the rows alone say what is busy.
 */
export async function addEventTo(
  db: Postgres,
  planned: PlannedEvent,
  signal?: AbortSignal,
): Promise<AddResult> {
  const isEndless = planned.event.materialisedUntil !== undefined;
  return retryRefused(async () => {
    try {
      const revision =
        (isEndless ? undefined : await insert(db, planned, signal)) ??
        (await insertFarAhead(db, planned, signal));
      if (revision !== undefined) return { kind: 'added', event: { ...planned.event, revision } };
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    return explainFailedAdd(db, planned);
  });
}

/** @returns the revision, or undefined where one statement cannot add the event as things stand. */
async function insert(
  db: Postgres,
  planned: PlannedEvent,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const parameters = [...eventParameters(planned), encodeTimestamp(busyUntil(planned.occurrences))];
  if (planned.freshId === true) return (await db.query(addEvent, parameters, signal))[0]?.revision;
  return db.transaction(async (queries) => {
    const [, rows] = await Promise.all([lockId(queries, planned), queries.query(addEvent, parameters)]);
    return rows[0]?.revision;
  }, signal);
}

/**
 * Adds what the constraint alone cannot judge: an endless series, or what lies further ahead than the rows
 * of one. The calendar's row is locked first, then everything else is looked at, then written.
 * @returns the revision, or undefined where the calendar is not there or the id is taken.
 */
async function insertFarAhead(
  db: Postgres,
  planned: PlannedEvent,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const { id, owner, calendarId, materialisedUntil } = planned.event;
  return db.transaction(async (queries) => {
    const [, [locked]] = await Promise.all([
      planned.freshId === true ? undefined : lockId(queries, planned),
      queries.query(lockCalendarToWrite, [calendarId, owner]),
    ]);
    if (!locked) return undefined;
    const [existing] = await queries.query(getEvent, [id, owner]);
    if (existing) return undefined;
    const plainUntil = locked.plain_until === null ? undefined : toInstant(locked.plain_until);
    await lookAround(queries, [planned], undefined, plainUntil);
    const [[added]] = await Promise.all([
      queries.query(addEvent, [...eventParameters(planned), '-infinity']),
      materialisedUntil === undefined ? undefined : queries.query(refreshPlainUntil, [calendarId]),
    ]);
    return added?.revision;
  }, signal);
}

/**
 * The statement after the lock sees all that was committed before the lock was given: the id is taken by
 * then, or stays free until this transaction ends, in whichever calendar. Every writer takes an id's lock
 * before a calendar's and no more than one of each, so none wait in a ring.
 */
async function lockId(queries: Queries, { event }: PlannedEvent): Promise<unknown> {
  return queries.query(lockEventId, [`${event.owner} ${event.id}`]);
}

/** Tells why; undefined where the cause is gone by now. */
async function explainFailedAdd(db: Postgres, planned: PlannedEvent): Promise<AddResult | undefined> {
  const { event } = planned;
  // All at once: in a race for one slot this is what nearly every caller comes to.
  const [[existing], [calendar], reason] = await Promise.all([
    db.query(getEvent, [event.id, event.owner]),
    db.query(getCalendar, [event.calendarId, event.owner]),
    explainRefusal(db, [planned]),
  ]);
  if (existing) return { kind: 'exists', event: toEvent(existing) };
  if (!calendar) throw new ErrCalendarNotFound(event.calendarId);
  if (reason) throw reason;
  return undefined;
}
