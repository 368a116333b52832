import type { Instant } from '../time/instant.ts';
import type { ReminderContent, ReminderKey } from './reminder.ts';

/** A reminder that is due and, until the lease ends, in the hands of the scheduler that claimed it. */
export interface DueReminder extends ReminderContent {
  readonly key: ReminderKey;
  /** When the occurrence ends. */
  readonly end: Instant;
}

/** What a scheduler did with a reminder that it had claimed. */
export type ScheduleOutcome = { readonly key: ReminderKey } & (
  | { readonly kind: 'published' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'failed'; readonly error: string }
  /** Nothing yet: it is due again at once, or at `until`. */
  | { readonly kind: 'released'; readonly until: Instant }
);

/** What is to be reminded of, and when: the scheduler's side. It never answers one reminder to two at a time. */
export interface ReminderQueue {
  /**
   * Claims reminders that are due at `now`, those due first, at most `limit`. Nobody else is given them before
   * `leaseUntil`; who has not recorded them by then has lost them, and they are claimed again.
   * What others are claiming at this moment is passed over, not waited for. A reminder whose event cannot be
   * read is `failed`, and not answered.
   */
  claimDue(
    options: { readonly now: Instant; readonly limit: number; readonly leaseUntil: Instant },
    signal?: AbortSignal,
  ): Promise<readonly DueReminder[]>;

  /**
   * Records a batch of outcomes in one step. What is `pending` no longer (cancelled, or a sender was faster)
   * stays as it is.
   */
  recordScheduled(outcomes: readonly ScheduleOutcome[], now: Instant, signal?: AbortSignal): Promise<void>;

  /** When the next reminder is to be looked at: due, or its lease ends. Undefined where there is none. */
  nextDueAt(signal?: AbortSignal): Promise<Instant | undefined>;
}
