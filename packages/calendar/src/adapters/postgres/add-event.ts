import type { Postgres } from '@daywatch/service-kit/postgres';
import { ErrCalendarNotFound } from '../../errors.ts';
import type { AddResult, PlannedEvent } from '../../event/event-store.ts';
import { eventParameters } from './event-parameters.ts';
import { toEvent } from './event-row.ts';
import { explainRefusal, isRefusal, retryRefused } from './refusal.ts';
import { addEvent } from './sql/add-event.ts';
import { getCalendar } from './sql/get-calendar.ts';
import { getEvent } from './sql/get-event.ts';
import { lockEventId } from './sql/lock-event-id.ts';

/** Adds an event: in one statement where its id is fresh, since then nobody else can be adding it. */
export async function addEventTo(
  db: Postgres,
  planned: PlannedEvent,
  signal?: AbortSignal,
): Promise<AddResult> {
  return retryRefused(async () => {
    const revision = await insert(db, planned, signal);
    if (revision !== undefined) return { kind: 'added', event: { ...planned.event, revision } };
    return explainFailedAdd(db, planned);
  });
}

/** @returns the revision, or undefined where the event cannot be added as things stand. */
async function insert(
  db: Postgres,
  planned: PlannedEvent,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const parameters = eventParameters(planned);
  try {
    if (planned.freshId === true) return (await db.query(addEvent, parameters, signal))[0]?.revision;
    return await db.transaction(async (queries) => {
      const { owner, id } = planned.event;
      // The statement after the lock sees all that was committed before the lock was given: the id is
      // taken by then, or stays free until this transaction ends, in whichever calendar. Every writer
      // takes an id's lock before a calendar's and no more than one of each, so none wait in a ring.
      const lock = queries.query(lockEventId, [`${owner} ${id}`]);
      const [, rows] = await Promise.all([lock, queries.query(addEvent, parameters)]);
      return rows[0]?.revision;
    }, signal);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Tells why; undefined where the cause is gone by now. */
async function explainFailedAdd(db: Postgres, planned: PlannedEvent): Promise<AddResult | undefined> {
  const { event } = planned;
  // All at once: in a race for one slot this is what nearly every caller comes to.
  const [[existing], [calendar], reason] = await Promise.all([
    db.query(getEvent, [event.id, event.owner]),
    db.query(getCalendar, [event.calendarId, event.owner]),
    explainRefusal(db, planned),
  ]);
  if (existing) return { kind: 'exists', event: toEvent(existing) };
  if (!calendar) throw new ErrCalendarNotFound(event.calendarId);
  if (reason) throw reason;
  return undefined;
}
