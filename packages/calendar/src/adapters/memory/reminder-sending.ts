import type { ReminderSending, SendDecision, SendingOutcome } from '../../reminder/sending.ts';
import { toInstant, type Instant } from '../../time/instant.ts';
import { decideOnce } from '../decide-once.ts';
import type { MemoryState } from './memory-state.ts';
import type { BookedReminder } from './reminder-book.ts';

export function createReminderSending(state: MemoryState): ReminderSending {
  return {
    async beginSending(keys, { sender, channel, now, leaseUntil }, signal) {
      signal?.throwIfAborted();
      return decideOnce(keys, leaseUntil, async (unique) =>
        unique.map((key): SendDecision => {
          const reminder = state.reminders.get(key);
          const decision = decide(reminder, now);
          if (reminder && decision.kind === 'send') {
            reminder.status = 'sending';
            reminder.attendAt = undefined;
            reminder.attempts = decision.attempt;
            reminder.channel = channel;
            reminder.sending = { by: sender, until: leaseUntil };
          }
          return decision;
        }),
      );
    },

    async recordOutcomes(outcomes, sender, signal) {
      signal?.throwIfAborted();
      for (const outcome of outcomes) {
        const reminder = state.reminders.get(outcome.key);
        if (!reminder) continue;
        if (outcome.kind === 'postponed') postpone(reminder, outcome.until);
        else record(reminder, outcome, sender);
      }
    },
  };
}

function postpone(reminder: BookedReminder, until: Instant): void {
  const { status, sending } = reminder;
  if (status === 'sending' && sending) {
    reminder.attendAt = toInstant(Math.max(until, sending.until));
  } else if (status === 'pending' || status === 'published') {
    reminder.status = 'pending';
    reminder.attendAt = until;
    reminder.claimedBy = undefined;
  }
}

function record(
  reminder: BookedReminder,
  outcome: Exclude<SendingOutcome, { readonly kind: 'postponed' }>,
  sender: string,
): void {
  const isInHand = reminder.status === 'sending' && reminder.sending?.by === sender;
  const isNews = outcome.kind === 'sent' && reminder.status !== 'sent';
  if (!isInHand && !isNews) return;
  reminder.status = outcome.kind === 'retry' ? 'pending' : outcome.kind;
  reminder.attendAt = outcome.kind === 'retry' ? outcome.until : undefined;
  reminder.claimedBy = undefined;
  reminder.error = outcome.kind === 'sent' ? null : outcome.error;
  reminder.sentAt = outcome.kind === 'sent' ? outcome.at : null;
  reminder.late = outcome.kind === 'sent' && outcome.late;
  reminder.sending = undefined;
}

function decide(reminder: BookedReminder | undefined, now: Instant): SendDecision {
  if (!reminder) return { kind: 'unknown' };
  const { status, attempts, sending } = reminder;
  if (status === 'pending' || status === 'published') return { kind: 'send', attempt: attempts + 1 };
  if (status !== 'sending' || !sending) return { kind: 'settled' };
  return sending.until <= now
    ? { kind: 'send', attempt: attempts + 1 }
    : { kind: 'wait', until: sending.until };
}
