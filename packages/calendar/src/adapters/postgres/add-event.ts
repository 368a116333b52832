import { encodeTimestamp, type Postgres, type Queries } from '@daywatch/service-kit/postgres';
import { ErrCalendarNotFound } from '../../errors.ts';
import type { AddResult, PlannedEvent } from '../../event/event-store.ts';
import { toInstant } from '../../time/instant.ts';
import { hasReminders } from '../../reminder/plan-reminders.ts';
import { busyUntil, eventParameters } from './event-parameters.ts';
import { toEvent } from './event-row.ts';
import { reminderParameters } from './keep-reminders.ts';
import { lookAround } from './look-around.ts';
import { explainRefusal, isRefusal, retryRefused } from './refusal.ts';
import { addEvent, addEventWithReminders } from './sql/add-event.ts';
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
  const until = encodeTimestamp(busyUntil(planned.occurrences));
  if (planned.freshId === true) return addAlone(db, planned, until, signal);
  return db.transaction(async (queries) => {
    const [, revision] = await Promise.all([lockId(queries, planned), addAlone(queries, planned, until)]);
    return revision;
  }, signal);
}

/** The one statement that adds the event with all that belongs to it. */
async function addAlone(
  queries: Queries,
  planned: PlannedEvent,
  plainUntil: string,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const parameters = [...eventParameters(planned), plainUntil];
  const [added] = hasReminders(planned.event, planned.occurrences)
    ? await queries.query(addEventWithReminders, [...parameters, ...reminderParameters(planned)], signal)
    : await queries.query(addEvent, parameters, signal);
  return added?.revision;
}

/**
 * Adds what the constraint alone cannot judge: an endless series, or what lies further ahead than the rows
 * of one. What is in the way already is found without the calendar's lock, so that those who are refused
 * wait for nobody; who is not looks again under the lock, then writes.
 * @returns the revision, or undefined where the calendar is not there or the id is taken.
 */
async function insertFarAhead(
  db: Postgres,
  planned: PlannedEvent,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const { owner, calendarId, materialisedUntil } = planned.event;
  return db.transaction(async (queries) => {
    if (!(await isFree(queries, planned))) return undefined;
    const [, [locked], isStillFree] = await Promise.all([
      planned.freshId === true ? undefined : lockId(queries, planned),
      queries.query(lockCalendarToWrite, [calendarId, owner]),
      isFree(queries, planned),
    ]);
    if (!locked || !isStillFree) return undefined;
    const [revision] = await Promise.all([
      addAlone(queries, planned, '-infinity'),
      materialisedUntil === undefined ? undefined : queries.query(refreshPlainUntil, [calendarId]),
    ]);
    return revision;
  }, signal);
}

/**
 * Whether the id is; where the time is not, it throws. An id that is taken comes first: creating is idempotent.
 * @throws ErrDateBusy, ErrInvalidEvent
 */
async function isFree(queries: Queries, planned: PlannedEvent): Promise<boolean> {
  const { id, owner } = planned.event;
  const [existing, looked] = await Promise.all([
    queries.query(getEvent, [id, owner]),
    lookAround(queries, [planned], undefined, FROM_THE_FIRST).then(
      () => undefined,
      (error: unknown) => ({ error }),
    ),
  ]);
  if (existing.length > 0) return false;
  if (looked) throw looked.error;
  return true;
}

/** Nothing is known of the calendar yet, so nothing is taken as plain. */
const FROM_THE_FIRST = toInstant(-Infinity);

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
