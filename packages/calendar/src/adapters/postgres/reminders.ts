import { encodeTimestamp, type Postgres, type SqlParameter } from '@daywatch/service-kit/postgres';
import type { UserId } from '../../event/event.ts';
import type { Reminder, ReminderContent } from '../../reminder/reminder.ts';
import type { ReminderLog, ReminderPosition } from '../../reminder/reminder-log.ts';
import type { DueReminder, ReminderQueue } from '../../reminder/reminder-queue.ts';
import type { Reminders } from '../../reminder/reminders.ts';
import { toInstant } from '../../time/instant.ts';
import type { TimeZoneId } from '../../time/time-zone.ts';
import { createReminderSending } from './reminder-sending.ts';
import { keyParameters, toReminderKey } from './reminder-parameters.ts';
import { claimDueReminders, nextReminder, type DueReminderRow } from './sql/claim-due-reminders.ts';
import { listReminders, type ReminderRow } from './sql/list-reminders.ts';
import { recordScheduled } from './sql/record-scheduled.ts';

/** Reminders in PostgreSQL. The event store writes them; see keep-reminders.ts. */
export function createPostgresReminders(db: Postgres): Reminders {
  return { queue: createQueue(db), sending: createReminderSending(db), log: createLog(db) };
}

function createQueue(db: Postgres): ReminderQueue {
  return {
    async claimDue({ id, now, leaseUntil }, limit, signal) {
      const parameters = [encodeTimestamp(now), limit, encodeTimestamp(leaseUntil), id];
      const rows = await db.query(claimDueReminders, parameters, signal);
      const due = rows.flatMap(toDueReminder).toSorted((a, b) => a.dueAt - b.dueAt);
      return { due, unreadable: rows.length - due.length };
    },

    async recordScheduled(outcomes, { id, now }, signal) {
      const parameters = [
        ...keyParameters(outcomes.map(({ key }) => key)),
        outcomes.map(({ kind }) => kind),
        outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.error : null)),
        outcomes.map((outcome) => (outcome.kind === 'released' ? encodeTimestamp(outcome.until) : null)),
        encodeTimestamp(now),
        id,
      ];
      await db.query(recordScheduled, parameters, signal);
    },

    async nextDueAt(signal) {
      const [row] = await db.query(nextReminder, [], signal);
      return row?.attend_at == null ? undefined : toInstant(row.attend_at);
    },
  };
}

function toDueReminder(row: DueReminderRow): readonly DueReminder[] {
  if (row.ends_at === null) return [];
  const [end, waitingSince] = [toInstant(row.ends_at), toInstant(row.attended_at)];
  return [{ key: toReminderKey(row), ...toContent(row, row.owner as UserId), end, waitingSince }];
}

function createLog(db: Postgres): ReminderLog {
  return {
    async list({ owner, eventId, from, to, status, after, limit }, signal) {
      const parameters = [
        owner,
        encodeTimestamp(from),
        encodeTimestamp(to),
        status ?? null,
        ...positionParameters(after),
        limit,
        eventId ?? null,
      ];
      const rows = await db.query(listReminders[eventId ? 'event' : 'all'], parameters, signal);
      return rows.map((row) => toReminder(row, owner));
    },
  };
}

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

function positionParameters(after: ReminderPosition | undefined): readonly SqlParameter[] {
  if (!after) return ['-infinity', NIL_UUID, NIL_UUID, '-infinity', '', -1];
  const { calendarId, eventId, recurrenceId, before, version } = after.key;
  return [encodeTimestamp(after.dueAt), calendarId, eventId, encodeTimestamp(recurrenceId), before, version];
}

function toReminder(row: ReminderRow, owner: UserId): Reminder {
  return {
    key: toReminderKey(row),
    ...toContent(row, owner),
    status: row.status,
    late: row.late,
    attempts: row.attempts,
    error: row.error,
    channel: row.channel,
    sentAt: row.sent_at === null ? null : toInstant(row.sent_at),
  };
}

function toContent(row: DueReminderRow | ReminderRow, user: UserId): ReminderContent {
  return {
    user,
    title: row.title,
    start: toInstant(row.starts_at),
    isAllDay: row.all_day,
    timeZone: row.time_zone as TimeZoneId,
    dueAt: toInstant(row.due_at),
  };
}
