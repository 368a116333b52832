import { reminderIdOf } from './reminder-id.ts';
import { formatDue, formatOccurrenceStart, formatReminderRecurrenceId } from './reminder-message.ts';
import type { Reminder, ReminderStatus } from './reminder.ts';

/** A reminder as the API spells it. */
export interface NotificationView {
  readonly id: string;
  readonly event_id: string;
  readonly recurrence_id: string;
  readonly title: string;
  readonly occurrence_start: string;
  readonly user: string;
  readonly channel: string | null;
  readonly due_at: string;
  readonly sent_at: string | null;
  readonly status: ReminderStatus;
  readonly late: boolean;
  readonly attempts: number;
  readonly error: string | null;
}

export function toNotificationView(reminder: Reminder): NotificationView {
  const { key, title, user, channel, dueAt, sentAt, status, late, attempts, error } = reminder;
  return {
    id: reminderIdOf(key),
    event_id: key.eventId,
    recurrence_id: formatReminderRecurrenceId(key, reminder),
    title,
    occurrence_start: formatOccurrenceStart(reminder),
    user,
    channel,
    due_at: formatDue(dueAt),
    sent_at: sentAt === null ? null : formatDue(sentAt),
    status,
    late,
    attempts,
    error,
  };
}
