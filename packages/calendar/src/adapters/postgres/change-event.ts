import assert from 'node:assert';
import type { Postgres, Queries } from '@daywatch/service-kit/postgres';
import { ErrEventNotFound } from '../../errors.ts';
import type { Event, EventDraft, EventId, UserId } from '../../event/event.ts';
import type { ChangedEvent, EventStore, PlannedEvent } from '../../event/event-store.ts';
import { occurrenceKey } from '../../occurrence/check-plans.ts';
import { toInstant, type Instant } from '../../time/instant.ts';
import { encodeSpans, eventParameters, type IsExempt } from './event-parameters.ts';
import { toEvent } from './event-row.ts';
import { keepReminders } from './keep-reminders.ts';
import { lookAround } from './look-around.ts';
import { markTaken } from './mark-taken.ts';
import { explainRefusal, isRefusal, retryRefused } from './refusal.ts';
import { addSuccessor } from './sql/add-event.ts';
import { deleteEvent } from './sql/delete-event.ts';
import { getEvent } from './sql/get-event.ts';
import { linkSuccessor } from './sql/link-successor.ts';
import { lockCalendarOfEvent } from './sql/lock-calendar-of-event.ts';
import { cancelRemindersOfEvent } from './sql/reminders-of-event.ts';
import { removeStaleOccurrences } from './sql/remove-stale-occurrences.ts';
import { refreshPlainUntil, settleExempt } from './sql/settle-calendar.ts';
import { updateEvent } from './sql/update-event.ts';
import { overridesOf, readRows, type StoredOccurrenceRow } from './stored-rows.ts';

/** Changes an event under its calendar's lock. */
export async function changeEvent(
  db: Postgres,
  owner: UserId,
  id: EventId,
  change: Parameters<EventStore['update']>[2],
  signal?: AbortSignal,
): Promise<Event> {
  return retryRefused(async () => {
    let plans: readonly [PlannedEvent, ...PlannedEvent[]] | undefined;
    try {
      return await db.transaction(async (queries) => {
        const locked = await lockEvent(queries, owner, id);
        if (!locked) return undefined;
        const { event } = locked;
        const rows = await readRows(queries, event);
        const changed = change(event, overridesOf(rows));
        if (!changed) return event;
        if (changed === 'delete') {
          await erase(queries, locked);
          return event;
        }
        plans = changed.successor ? [changed, changed.successor] : [changed];
        return replace(queries, locked, rows, changed);
      }, signal);
    } catch (error) {
      if (!plans || !isRefusal(error)) throw error;
      const reason = await explainRefusal(db, plans);
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
      const locked = await lockEvent(queries, owner, id);
      if (!locked) return undefined;
      check(locked.event);
      return erase(queries, locked);
    }, signal),
  );
}

/** An event whose calendar is locked, and until when the calendar's rows alone say what is busy. */
interface LockedEvent {
  readonly event: Event;
  readonly plainUntil: Instant | undefined;
}

/**
 * Locks the calendar that the event lies in, then reads the event.
 * @returns undefined where the event moved to another calendar between the two: it was deleted and
 *   added there.
 * @throws ErrEventNotFound
 */
async function lockEvent(queries: Queries, owner: UserId, id: EventId): Promise<LockedEvent | undefined> {
  const [[locked], [row]] = await Promise.all([
    queries.query(lockCalendarOfEvent, [id, owner]),
    queries.query(getEvent, [id, owner]),
  ]);
  if (!row) throw new ErrEventNotFound(id);
  if (row.calendar_id !== locked?.calendar_id) return undefined;
  return {
    event: toEvent(row),
    plainUntil: locked.plain_until === null ? undefined : toInstant(locked.plain_until),
  };
}

/** @returns the calendar's new revision. */
async function erase(queries: Queries, { event, plainUntil }: LockedEvent): Promise<number> {
  const [, [deleted]] = await Promise.all([
    queries.query(cancelRemindersOfEvent, [event.calendarId, event.id]),
    queries.query(deleteEvent, [event.calendarId, event.id]),
    settle(queries, event, plainUntil !== undefined),
  ]);
  assert(deleted, `the event ${event.id} is gone although its calendar is locked`);
  return deleted.revision;
}

async function replace(
  queries: Queries,
  { event: current, plainUntil }: LockedEvent,
  rows: readonly StoredOccurrenceRow[],
  changed: ChangedEvent,
): Promise<Event> {
  const { event, successor } = changed;
  assertSameEvent(current, event);
  const plans: [PlannedEvent, ...PlannedEvent[]] = successor ? [changed, successor] : [changed];
  const before = { event: current, occurrences: rows };
  const { carried } = await lookAround(queries, plans, before, plainUntil);
  // Rows that stay as they were keep their marks; those that become rows get theirs by what is there now.
  const marks = await markTaken(queries, event.calendarId, carried);
  const marked = new Set(
    [...rows.filter(({ exempt }) => exempt), ...carried.filter((_, i) => marks[i])].map(occurrenceKey),
  );
  const isExempt: IsExempt = (occurrence) => marked.has(occurrenceKey(occurrence));
  const isPlain =
    plainUntil === undefined && plans.every((plan) => plan.event.materialisedUntil === undefined);
  const [, [updated], added] = await Promise.all([
    queries.query(removeStaleOccurrences, keptRows(changed)),
    queries.query(updateEvent, eventParameters(changed, isExempt)),
    successor && queries.query(addSuccessor, [...eventParameters(successor, isExempt), '-infinity']),
    successor?.event.continuedBy &&
      queries.query(linkSuccessor, [
        event.calendarId,
        event.id,
        successor.event.id,
        successor.event.continuedBy,
      ]),
    settle(queries, event, !isPlain),
  ]);
  assert(updated, `the event ${event.id} is gone although its calendar is locked`);
  assert(added === undefined || added.length === 1, `the id of the successor of ${event.id} is not fresh`);
  await keepReminders(queries, { event: current, occurrences: rows }, changed, event.updatedAt);
  if (marked.size === 0) return { ...event, revision: updated.revision };
  const [stored] = await queries.query(getEvent, [event.id, event.owner]);
  assert(stored, `the event ${event.id} is gone although its calendar is locked`);
  return toEvent(stored);
}

/** Where a calendar has more than plain rows: what its marks and its horizon come to after a write. */
async function settle(queries: Queries, { calendarId }: EventDraft, isDue: boolean): Promise<void> {
  if (!isDue) return;
  await Promise.all([
    queries.query(settleExempt, [calendarId]),
    queries.query(refreshPlainUntil, [calendarId]),
  ]);
}

function keptRows({ event, occurrences }: PlannedEvent) {
  const isUniform = occurrences.every(({ busy }) => busy === event.busy);
  return [
    event.calendarId,
    event.id,
    event.busy,
    ...encodeSpans(occurrences),
    isUniform ? null : occurrences.map(({ busy }) => busy),
  ];
}

function assertSameEvent(current: Event, next: EventDraft): void {
  assert(
    next.id === current.id && next.owner === current.owner && next.calendarId === current.calendarId,
    `a change of event ${current.id} must keep its id, owner and calendar`,
  );
}
