import type { Notification } from '../../api/generated.ts';

export interface SortedReminders {
  /** What is still to be sent, the next first. */
  readonly coming: readonly Notification[];
  /** What became of the others, the last first. */
  readonly settled: readonly Notification[];
}

const UNSETTLED: ReadonlySet<Notification['status']> = new Set(['pending', 'published', 'sending']);

/** At most so many of each. What was cancelled with its event is of no interest. */
export function sortReminders(notifications: readonly Notification[], most: number): SortedReminders {
  const coming = notifications.filter(({ status }) => UNSETTLED.has(status));
  const settled = notifications.filter(({ status }) => !UNSETTLED.has(status) && status !== 'cancelled');
  return { coming: coming.slice(0, most), settled: settled.slice(-most).toReversed() };
}

/** Those that are sent now and were known, but not sent, before. */
export function findNewlySent(
  before: readonly Notification[],
  after: readonly Notification[],
): readonly Notification[] {
  const sentBefore = new Set(before.filter(({ status }) => status === 'sent').map(({ id }) => id));
  return after.filter(({ id, status }) => status === 'sent' && !sentBefore.has(id));
}
