import assert from 'node:assert';
import { encodeTimestamp, type Postgres, type Queries } from '@daywatch/service-kit/postgres';
import { ErrEventNotFound } from '../../errors.ts';
import type { Event, EventDraft, EventId, UserId } from '../../event/event.ts';
import type { PlannedEvent } from '../../event/event-store.ts';
import { eventParameters } from './event-parameters.ts';
import { toEvent } from './event-row.ts';
import { explainRefusal, isRefusal, retryRefused } from './refusal.ts';
import { deleteEvent } from './sql/delete-event.ts';
import { getEvent } from './sql/get-event.ts';
import { lockCalendarOfEvent } from './sql/lock-calendar-of-event.ts';
import { removeStaleOccurrences } from './sql/remove-stale-occurrences.ts';
import { updateEvent } from './sql/update-event.ts';

/** Changes an event under its calendar's lock. */
export async function changeEvent(
  db: Postgres,
  owner: UserId,
  id: EventId,
  change: (current: Event) => PlannedEvent | undefined,
  signal?: AbortSignal,
): Promise<Event> {
  return retryRefused(async () => {
    let planned: PlannedEvent | undefined;
    try {
      return await db.transaction(async (queries) => {
        const current = await lockEvent(queries, owner, id);
        if (!current) return undefined;
        planned = change(current);
        if (!planned) return current;
        assertSameEvent(current, planned.event);
        return { ...planned.event, revision: await replace(queries, planned) };
      }, signal);
    } catch (error) {
      if (!planned || !isRefusal(error)) throw error;
      const reason = await explainRefusal(db, planned);
      if (reason) throw reason;
      return undefined;
    }
  });
}

/** Deletes an event under its calendar's lock. */
export async function removeEvent(
  db: Postgres,
  owner: UserId,
  id: EventId,
  check: (current: Event) => void,
  signal?: AbortSignal,
): Promise<void> {
  await retryRefused(() =>
    db.transaction(async (queries) => {
      const current = await lockEvent(queries, owner, id);
      if (!current) return undefined;
      check(current);
      const [deleted] = await queries.query(deleteEvent, [current.calendarId, id]);
      assert(deleted, `the event ${id} is gone although its calendar is locked`);
      return deleted.revision;
    }, signal),
  );
}

/**
 * Locks the calendar that the event lies in, then reads the event.
 * @returns undefined where the event moved to another calendar between the two: it was deleted and
 *   added there.
 * @throws ErrEventNotFound
 */
async function lockEvent(queries: Queries, owner: UserId, id: EventId): Promise<Event | undefined> {
  const [[locked], [row]] = await Promise.all([
    queries.query(lockCalendarOfEvent, [id, owner]),
    queries.query(getEvent, [id, owner]),
  ]);
  if (!row) throw new ErrEventNotFound(id);
  return row.calendar_id === locked?.calendar_id ? toEvent(row) : undefined;
}

async function replace(queries: Queries, planned: PlannedEvent): Promise<number> {
  const { event, occurrences } = planned;
  const kept = [
    occurrences.map(({ recurrenceId }) => encodeTimestamp(recurrenceId)),
    occurrences.map(({ start }) => encodeTimestamp(start)),
    occurrences.map(({ end }) => encodeTimestamp(end)),
  ];
  const [, [updated]] = await Promise.all([
    queries.query(removeStaleOccurrences, [event.calendarId, event.id, event.busy, ...kept]),
    queries.query(updateEvent, eventParameters(planned)),
  ]);
  assert(updated, `the event ${event.id} is gone although its calendar is locked`);
  return updated.revision;
}

function assertSameEvent(current: Event, next: EventDraft): void {
  assert(
    next.id === current.id && next.owner === current.owner && next.calendarId === current.calendarId,
    `a change of event ${current.id} must keep its id, owner and calendar`,
  );
}
