import type { MessageInitShape } from '@bufbuild/protobuf';
import type { NotificationSchema, SettingsSchema } from '@daywatch/protocol/calendar';
import type { Reminder } from '../../reminder/reminder.ts';
import { toNotificationView } from '../../reminder/reminder-view.ts';
import type { Settings } from '../../reminder/settings.ts';
import { toTimestamp } from './messages.ts';
import { toStatusMessage } from './notification-status.ts';

/** A reminder as the contract spells it: what there is not is empty, or unset. */
export function toNotificationMessage(reminder: Reminder): MessageInitShape<typeof NotificationSchema> {
  const view = toNotificationView(reminder);
  return {
    id: view.id,
    eventId: view.event_id,
    recurrenceId: view.recurrence_id,
    title: view.title,
    occurrenceStart: view.occurrence_start,
    user: view.user,
    channel: view.channel ?? '',
    dueAt: toTimestamp(reminder.dueAt),
    ...(reminder.sentAt !== null && { sentAt: toTimestamp(reminder.sentAt) }),
    status: toStatusMessage(reminder.status),
    late: view.late,
    attempts: view.attempts,
    error: view.error ?? '',
  };
}

export function toSettingsMessage({
  webhookUrl,
  webhookSecret,
}: Settings): MessageInitShape<typeof SettingsSchema> {
  return { webhookUrl: webhookUrl ?? '', webhookSecret: webhookSecret ?? '' };
}
