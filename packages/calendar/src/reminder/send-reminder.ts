import {
  decideRetry,
  type Channel,
  type MessageHandler,
  type QueuedMessage,
  type RetryPolicy,
  type SendOutcome,
  type Verdict,
} from '@daywatch/delivery';
import { toInstant, type Instant } from '../time/instant.ts';
import { batchCalls } from './batch-calls.ts';
import { isLate, type ReminderKey } from './reminder.ts';
import { parseReminderMessage, type ParsedReminderMessage } from './reminder-message.ts';
import type { AttemptOutcome, ReminderSending, SendDecision } from './sending.ts';

/** What sending reminders needs from outside. */
export interface SenderContext {
  readonly sending: ReminderSending;
  readonly channel: Channel;
  readonly policy: RetryPolicy;
  /** A name that no other running sender has, also not one that was killed before: make it anew at each start. */
  readonly sender: string;
  /** Longer than an attempt and the recording of its outcome take. */
  readonly leaseMs: number;
  /** The present. */
  readonly now: () => Instant;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** Hears what became of each message, for metrics. */
  readonly onSettled?: (settled: SettledMessage) => void;
}

/** `sent`, `late` (sent too), `retry`, `failed`, `skipped` (a repetition, or cancelled), `poison`. */
export type SettledMessage = 'sent' | 'late' | 'retry' | 'failed' | 'skipped' | 'poison';

type Parsed = Extract<ParsedReminderMessage, { kind: 'reminder' }>;

/** Messages that come in together are begun, and recorded, in batches of up to so many. */
const MAX_BATCH = 500;

/** While another sender has the reminder in hand, it is looked at again this often. */
const WAIT_MS = 250;

/** How long to wait for a store that does not answer. */
const STORE_PAUSE_MS = 500;

/**
 * Makes the handler of a sender's messages: records `sending`, sends, records the outcome, and only then
 * answers `done`. So an attempt is repeated only where it is found in `sending` after its sender died.
 */
export function createReminderSender(context: SenderContext): MessageHandler {
  const { sending, sender, channel, leaseMs, now, onSettled = () => undefined } = context;
  const begin = batchCalls(MAX_BATCH, (keys: readonly ReminderKey[]) => {
    const startedAt = now();
    const leaseUntil = toInstant(startedAt + leaseMs);
    return sending.beginSending(keys, { sender, channel: channel.name, now: startedAt, leaseUntil });
  });
  const record = batchCalls(MAX_BATCH, async (outcomes: readonly AttemptOutcome[]) => {
    await sending.recordOutcomes(outcomes, sender);
    return outcomes.map(() => undefined);
  });

  async function handle({ body }: QueuedMessage, signal: AbortSignal): Promise<Verdict> {
    const parsed = parseReminderMessage(body);
    if (parsed.kind === 'poison') return deadLetter('poison', parsed.reason);
    let decision: SendDecision;
    try {
      decision = await begin(parsed.key);
    } catch (error) {
      // The store is away. Nothing was sent: the message waits, and is no poison for it.
      return { kind: 'again', afterMs: STORE_PAUSE_MS, reason: messageOf(error) };
    }
    switch (decision.kind) {
      case 'send':
        return attempt(parsed, decision, signal);
      case 'wait':
        return { kind: 'again', afterMs: WAIT_MS, reason: 'another sender has it in hand' };
      case 'settled':
        onSettled('skipped');
        return { kind: 'done' };
      case 'unknown':
        return deadLetter('poison', `there is no reminder '${parsed.message.id}'`);
      default:
        return decision satisfies never;
    }
  }

  async function attempt(
    { key, dueAt, message }: Parsed,
    { attempt }: Extract<SendDecision, { kind: 'send' }>,
    signal: AbortSignal,
  ): Promise<Verdict> {
    // It is not broken off when the message is no longer ours, as when the broker goes away: what is on its way may
    // arrive, and would be sent again. The channel has its own limit, and whoever gets the message next waits.
    const outcome = await channel.send(message, attempt);
    const judged = judge(context, outcome, attempt);
    const settle = (settled: AttemptOutcome): Promise<void> => recordInEnd(settled, signal);
    switch (judged.kind) {
      case 'sent': {
        const at = now();
        const late = isLate(dueAt, at);
        await settle({ key, kind: 'sent', at, late });
        onSettled(late ? 'late' : 'sent');
        return { kind: 'done' };
      }
      case 'retry':
        await settle({ key, kind: 'retry', error: judged.error });
        onSettled('retry');
        return { kind: 'again', afterMs: judged.afterMs, reason: judged.error };
      case 'failed':
        await settle({ key, kind: 'failed', error: judged.error });
        return deadLetter('failed', judged.error);
      default:
        return judged satisfies never;
    }
  }

  /** What was done must not be forgotten because the store is away for a while: then it would be done again. */
  async function recordInEnd(outcome: AttemptOutcome, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        return await record(outcome);
      } catch (error) {
        if (signal.aborted) throw error;
        await pause(STORE_PAUSE_MS, signal);
      }
    }
  }

  function deadLetter(settled: 'failed' | 'poison', reason: string): Verdict {
    onSettled(settled);
    return { kind: 'dead-letter', reason };
  }

  return handle;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

type Judged =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly error: string; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly error: string };

function judge({ policy, random }: SenderContext, outcome: SendOutcome, attempt: number): Judged {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'sent' };
    case 'refused':
      return { kind: 'failed', error: outcome.reason };
    case 'retry': {
      const decision = decideRetry(policy, attempt, random(), outcome.afterMs);
      return decision.kind === 'retry'
        ? { kind: 'retry', error: outcome.reason, afterMs: decision.afterMs }
        : { kind: 'failed', error: `${outcome.reason} (attempt ${attempt} of ${policy.maxAttempts})` };
    }
    default:
      return outcome satisfies never;
  }
}
