import type { Instant } from '../time/instant.ts';
import type { ReminderKey } from './reminder.ts';

/** Whether a reminder is to be sent now. */
export type SendDecision =
  /** It is recorded as `sending` by this sender. `attempt` counts from 1. */
  | { readonly kind: 'send'; readonly attempt: number }
  /** Another sender has it in hand until `until`: what becomes of it is known then. */
  | { readonly kind: 'wait'; readonly until: Instant }
  /** It is settled already: sent, cancelled, expired or failed. */
  | { readonly kind: 'settled' }
  /** There is no such reminder. */
  | { readonly kind: 'unknown' };

/** What a sender has made of a reminder. */
export type SendingOutcome = { readonly key: ReminderKey } & (
  | { readonly kind: 'sent'; readonly at: Instant; readonly late: boolean }
  /** To be tried again: it is `pending` until then, and published once more. */
  | { readonly kind: 'retry'; readonly error: string; readonly until: Instant }
  /** Not begun, since its receiver has no time for it: likewise. */
  | { readonly kind: 'postponed'; readonly until: Instant }
  | { readonly kind: 'failed'; readonly error: string }
);

/** Records what becomes of published reminders: the sender's side. */
export interface ReminderSending {
  /**
   * Begins to send a batch, in one step: answers one decision for each key, in their order, and is durable
   * before it answers. Of a key that is there twice the second is to `wait`.
   * @param sender a name that no other running sender has.
   * @param leaseUntil who has recorded no outcome by then is taken for dead: whoever asks next sends again.
   */
  beginSending(
    keys: readonly ReminderKey[],
    options: {
      readonly sender: string;
      readonly channel: string;
      readonly now: Instant;
      readonly leaseUntil: Instant;
    },
    signal?: AbortSignal,
  ): Promise<readonly SendDecision[]>;

  /**
   * Records a batch of outcomes; one that fails may be recorded again, whatever became of it. `sent` is recorded whatever happened in between, since it is
   * true; `postponed` where nobody has begun to send it, the others only where it is still in this sender's hands.
   */
  recordOutcomes(outcomes: readonly SendingOutcome[], sender: string, signal?: AbortSignal): Promise<void>;
}
