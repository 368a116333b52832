import { NotificationStatus } from '@daywatch/protocol/calendar';
import type { ReminderStatus } from '../../reminder/reminder.ts';

const MESSAGES: Readonly<Record<ReminderStatus, NotificationStatus>> = {
  pending: NotificationStatus.PENDING,
  published: NotificationStatus.PUBLISHED,
  sending: NotificationStatus.SENDING,
  sent: NotificationStatus.SENT,
  expired: NotificationStatus.EXPIRED,
  failed: NotificationStatus.FAILED,
  cancelled: NotificationStatus.CANCELLED,
};

export function toStatusMessage(status: ReminderStatus): NotificationStatus {
  return MESSAGES[status];
}

/** The name of a status; undefined where none is asked for. Of an open enum any number may come: it has no name. */
export function toStatusName(status: NotificationStatus): string | undefined {
  if (status === NotificationStatus.UNSPECIFIED) return undefined;
  return Object.entries(MESSAGES).find(([, message]) => message === status)?.[0] ?? String(status);
}
