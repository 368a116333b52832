import { encodeTimestamp, type Postgres } from '@daywatch/service-kit/postgres';
import { decideOnce } from '../decide-once.ts';
import type { AttemptOutcome, ReminderSending, SendDecision } from '../../reminder/sending.ts';
import { toInstant } from '../../time/instant.ts';
import { keyParameters } from './reminder-parameters.ts';
import { beginSending, type BegunRow } from './sql/begin-sending.ts';
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
      const parameters = [
        ...keyParameters(outcomes.map(({ key }) => key)),
        outcomes.map(({ kind }) => (kind === 'retry' ? 'published' : kind)),
        outcomes.map((outcome) => (outcome.kind === 'sent' ? null : outcome.error)),
        outcomes.map((outcome) => (outcome.kind === 'sent' ? encodeTimestamp(outcome.at) : null)),
        outcomes.map((outcome: AttemptOutcome) => outcome.kind === 'sent' && outcome.late),
        sender,
      ];
      await db.query(recordAttempts, parameters, signal);
    },
  };
}

function toDecision({ is_begun, attempts, status, sending_until }: BegunRow): SendDecision {
  if (is_begun) return { kind: 'send', attempt: attempts + 1 };
  if (status === 'sending' && sending_until !== null) {
    return { kind: 'wait', until: toInstant(sending_until) };
  }
  return { kind: 'settled' };
}
