import { NotificationStatus } from '@daywatch/protocol/calendar';

const STATUSES = {
  pending: NotificationStatus.PENDING,
  published: NotificationStatus.PUBLISHED,
  sending: NotificationStatus.SENDING,
  sent: NotificationStatus.SENT,
  expired: NotificationStatus.EXPIRED,
  failed: NotificationStatus.FAILED,
  cancelled: NotificationStatus.CANCELLED,
} as const;

export type StatusName = keyof typeof STATUSES;

export const STATUS_NAMES = Object.keys(STATUSES) as readonly StatusName[];

export function toStatus(name: StatusName): NotificationStatus {
  return STATUSES[name];
}

/** As the HTTP API says it. A newer server may know one that has no name here. */
export function nameStatus(status: NotificationStatus): string {
  return STATUS_NAMES.find((name) => STATUSES[name] === status) ?? `status ${status}`;
}
