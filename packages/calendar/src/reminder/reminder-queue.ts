import type { Instant } from '../time/instant.ts';
import type { ReminderContent, ReminderKey } from './reminder.ts';

/** A reminder that is due and, until the lease ends, in the hands of the scheduler that claimed it. */
export interface DueReminder extends ReminderContent {
  readonly key: ReminderKey;
  /** When the occurrence ends. */
  readonly end: Instant;
  /** Since when it could have been claimed: it was due, or was to be tried again. */
  readonly waitingSince: Instant;
}

/** Names what a scheduler has claimed at once; no other claim, of whomever, has the same name. */
export interface Claim {
  /** A UUID. */
  readonly id: string;
  readonly now: Instant;
  /** Until then nobody else is given what was claimed. */
  readonly leaseUntil: Instant;
}

/** What a claim came to. */
export interface ClaimedReminders {
  readonly due: readonly DueReminder[];
  /** So many more were due, and are `failed`: their occurrences are not there. */
  readonly unreadable: number;
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
   * Claims reminders that are due at `now`, those due first, at most `limit`. Who has not recorded them when the
   * lease ends has lost them, and they are claimed again. What others are claiming at this moment is passed over,
   * not waited for.
   */
  claimDue(claim: Claim, limit: number, signal?: AbortSignal): Promise<ClaimedReminders>;

  /**
   * Records a batch of outcomes in one step, where the claim still holds. What was claimed by somebody else since,
   * is `pending` no longer (cancelled, or a sender was faster), or was put off by a sender stays as it is.
   */
  recordScheduled(outcomes: readonly ScheduleOutcome[], claim: Claim, signal?: AbortSignal): Promise<void>;

  /** When the next reminder is to be looked at: due, or its lease ends. Undefined where there is none. */
  nextDueAt(signal?: AbortSignal): Promise<Instant | undefined>;
}
