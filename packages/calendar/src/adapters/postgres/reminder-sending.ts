import { encodeTimestamp, type Postgres, type SqlParameter } from '@daywatch/service-kit/postgres';
import { decideOnce } from '../decide-once.ts';
import type { ReminderSending, SendDecision, SendingOutcome } from '../../reminder/sending.ts';
import { toInstant } from '../../time/instant.ts';
import { keyParameters } from './reminder-parameters.ts';
import { beginSending, type BegunRow } from './sql/begin-sending.ts';
import { postponeReminders } from './sql/postpone-reminders.ts';
import { recordAttempts } from './sql/record-attempts.ts';

export function createReminderSending(db: Postgres): ReminderSending {
  return {
    async beginSending(keys, { sender, channel, now, leaseUntil }, signal) {
      return decideOnce(keys, leaseUntil, async (unique) => {
        const parameters = [
          ...keyParameters(unique),
          sender,
          channel,
          encodeTimestamp(now),
          encodeTimestamp(leaseUntil),
        ];
        const rows = await db.query(beginSending, parameters, signal);
        const decisions: SendDecision[] = unique.map(() => ({ kind: 'unknown' }));
        for (const row of rows) decisions[row.place - 1] = toDecision(row);
        return decisions;
      });
    },

    async recordOutcomes(outcomes, sender, signal) {
      const postponed = outcomes.filter((outcome) => outcome.kind === 'postponed');
      const attempted = outcomes.filter((outcome) => outcome.kind !== 'postponed');
      await Promise.all([
        postponed.length > 0 && db.query(postponeReminders, postponedParameters(postponed), signal),
        attempted.length > 0 && db.query(recordAttempts, [...attemptParameters(attempted), sender], signal),
      ]);
    },
  };
}

type Postponed = Extract<SendingOutcome, { readonly kind: 'postponed' }>;
type Attempted = Exclude<SendingOutcome, Postponed>;

function postponedParameters(outcomes: readonly Postponed[]): readonly SqlParameter[] {
  const until = outcomes.map((outcome) => encodeTimestamp(outcome.until));
  return [...keyParameters(outcomes.map(({ key }) => key)), until];
}

function attemptParameters(outcomes: readonly Attempted[]): readonly SqlParameter[] {
  return [
    ...keyParameters(outcomes.map(({ key }) => key)),
    outcomes.map(({ kind }) => (kind === 'retry' ? 'pending' : kind)),
    outcomes.map((outcome) => (outcome.kind === 'sent' ? null : outcome.error)),
    outcomes.map((outcome) => (outcome.kind === 'sent' ? encodeTimestamp(outcome.at) : null)),
    outcomes.map((outcome) => outcome.kind === 'sent' && outcome.late),
    outcomes.map((outcome) => (outcome.kind === 'retry' ? encodeTimestamp(outcome.until) : null)),
  ];
}

function toDecision({ is_begun, attempts, status, sending_until }: BegunRow): SendDecision {
  if (is_begun) return { kind: 'send', attempt: attempts + 1 };
  if (status === 'sending' && sending_until !== null) {
    return { kind: 'wait', until: toInstant(sending_until) };
  }
  return { kind: 'settled' };
}
