import type { MessageQueue, OutgoingMessage, PublishOutcome } from '@daywatch/delivery';
import { toInstant, type Instant } from '../time/instant.ts';
import { toReminderMessage } from './reminder-message.ts';
import type { DueReminder, ReminderQueue, ScheduleOutcome } from './reminder-queue.ts';

/** What publishing reminders needs from outside. */
export interface SchedulingContext {
  readonly reminders: ReminderQueue;
  readonly queue: Pick<MessageQueue, 'publish'>;
  /** The present. */
  readonly now: () => Instant;
  /** A UUID that nobody has had before. */
  readonly newClaimId: () => string;
}

export interface SchedulingOptions {
  /** How many reminders one step claims at most, 1 to 10,000. */
  readonly limit: number;
  /** How long a claim lasts; longer than publishing a batch may take. */
  readonly leaseMs: number;
}

/** What one step came to. */
export interface SchedulingResult {
  readonly claimed: number;
  readonly published: number;
  readonly expired: number;
  readonly failed: number;
  /** The broker did not take them, or did not answer: they are published again. */
  readonly postponed: number;
  /** Whether more may be due at once: the batch was full. */
  readonly isFull: boolean;
  /** How long the oldest reminder of the batch had waited when it was claimed, in milliseconds; 0 for none. */
  readonly lagMs: number;
}

/** A broker that refuses is given this long before it is asked again. */
const REFUSED_PAUSE_MS = 1_000;

/**
 * Publishes a batch of the reminders that are due: claims, publishes, and records what was confirmed. One whose
 * occurrence is over is recorded as expired; one that cannot be made a message, or that the queue can never
 * take, as failed. What the broker did not answer stays claimed, and is published again when the lease ends.
 *
 * A crash between any two steps loses nothing: what is not recorded as published is published again, under the
 * same id, and senders tell repetitions by it.
 */
export async function scheduleReminders(
  { reminders, queue, now, newClaimId }: SchedulingContext,
  { limit, leaseMs }: SchedulingOptions,
  signal?: AbortSignal,
): Promise<SchedulingResult> {
  const startedAt = now();
  const claim = { id: newClaimId(), now: startedAt, leaseUntil: toInstant(startedAt + leaseMs) };
  const { due, unreadable } = await reminders.claimDue(claim, limit, signal);
  const outcomes: ScheduleOutcome[] = [];
  const claimed: DueReminder[] = [];
  const messages: OutgoingMessage[] = [];
  for (const reminder of due) {
    const decided = decide(reminder, startedAt);
    if ('body' in decided) {
      claimed.push(reminder);
      messages.push(decided);
    } else {
      outcomes.push(decided);
    }
  }
  const answers = messages.length > 0 ? await queue.publish(messages, signal) : [];
  claimed.forEach(({ key }, i) => {
    const outcome = settle(key, answers[i], now());
    if (outcome) outcomes.push(outcome);
  });
  // Confirmed messages are in the queue: that is recorded even while the process is being stopped.
  if (outcomes.length > 0) await reminders.recordScheduled(outcomes, claim);
  const count = (kind: ScheduleOutcome['kind']): number => outcomes.filter((one) => one.kind === kind).length;
  const [published, expired, failed] = [count('published'), count('expired'), count('failed')];
  return {
    claimed: due.length + unreadable,
    published,
    expired,
    failed: failed + unreadable,
    postponed: due.length - published - expired - failed,
    isFull: due.length + unreadable === limit,
    lagMs: due.reduce((longest, { waitingSince }) => Math.max(longest, startedAt - waitingSince), 0),
  };
}

function decide(reminder: DueReminder, now: Instant): OutgoingMessage | ScheduleOutcome {
  const { key } = reminder;
  if (reminder.end <= now) return { key, kind: 'expired' };
  try {
    const message = toReminderMessage(key, reminder);
    return { id: message.id, body: new TextEncoder().encode(JSON.stringify(message)) };
  } catch (error) {
    return { key, kind: 'failed', error: error instanceof Error ? error.message : String(error) };
  }
}

/** @returns undefined where nobody knows: the lease says when to try again. */
function settle(
  key: DueReminder['key'],
  answer: PublishOutcome | undefined,
  now: Instant,
): ScheduleOutcome | undefined {
  switch (answer?.kind) {
    case 'confirmed':
      return { key, kind: 'published' };
    case 'refused':
      return answer.code === 'message_too_large' || answer.code === 'invalid_id'
        ? { key, kind: 'failed', error: answer.reason }
        : { key, kind: 'released', until: toInstant(now + REFUSED_PAUSE_MS) };
    default:
      return undefined;
  }
}
