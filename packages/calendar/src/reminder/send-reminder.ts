import {
  type Channel,
  type MessageHandler,
  type QueuedMessage,
  type RetryPolicy,
  type SendOutcome,
  type Verdict,
} from '@daywatch/delivery';
import { toInstant, type Instant } from '../time/instant.ts';
import { batchCalls } from './batch-calls.ts';
import { judgeAttempt } from './judge-attempt.ts';
import { createReceiverGate } from './receiver-gate.ts';
import { isLate, type ReminderKey } from './reminder.ts';
import { parseReminderMessage, type ParsedReminderMessage } from './reminder-message.ts';
import type { ReminderSending, SendDecision, SendingOutcome } from './sending.ts';

/** What sending reminders needs from outside. */
export interface SenderContext {
  readonly sending: ReminderSending;
  readonly channel: Channel;
  readonly policy: RetryPolicy;
  /** How many attempts for one user are under way at most: the others have to find room beside them. */
  readonly maxPerUser: number;
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
  /** Hears of each delivery how long after it was due it came, for metrics. */
  readonly onDelivered?: (delayMs: number) => void;
}

/** `sent`, `late` (sent too), `retry`, `postponed`, `failed`, `skipped` (a repetition, or cancelled), `poison`. */
export type SettledMessage = 'sent' | 'late' | 'retry' | 'postponed' | 'failed' | 'skipped' | 'poison';

type Parsed = Extract<ParsedReminderMessage, { kind: 'reminder' }>;

/** Messages that come in together are begun, and recorded, in batches of up to so many. */
const MAX_BATCH = 500;

/** How long to wait for a store that does not answer. */
const STORE_PAUSE_MS = 500;

/**
 * Makes the handler of a sender's messages: records `sending`, sends, records the outcome, and only then
 * answers `done`. So an attempt is repeated only where it is found in `sending` after its sender died. What is to
 * be tried later is given back to the scheduler: it keeps no place in the queue from others.
 */
export function createReminderSender(context: SenderContext): MessageHandler {
  const {
    sending,
    sender,
    channel,
    policy,
    maxPerUser,
    leaseMs,
    now,
    random,
    onSettled = () => undefined,
    onDelivered = () => undefined,
  } = context;
  const gate = createReceiverGate({ maxPerUser, longestMs: policy.maxDelayMs, now });
  const begin = batchCalls(MAX_BATCH, (keys: readonly ReminderKey[]) => {
    const startedAt = now();
    const leaseUntil = toInstant(startedAt + leaseMs);
    return sending.beginSending(keys, { sender, channel: channel.name, now: startedAt, leaseUntil });
  });
  const record = batchCalls(MAX_BATCH, async (outcomes: readonly SendingOutcome[]) => {
    await sending.recordOutcomes(outcomes, sender);
    return outcomes.map(() => undefined);
  });

  async function handle({ body }: QueuedMessage, signal: AbortSignal): Promise<Verdict> {
    const parsed = parseReminderMessage(body);
    if (parsed.kind === 'poison') return deadLetter('poison', parsed.reason);
    const admission = await gate.enter(parsed.message.user);
    if (admission.kind === 'later') return postpone(parsed.key, toInstant(now() + admission.afterMs), signal);
    let isAnswered: boolean | undefined;
    try {
      return await takeTurn(parsed, signal, (outcome) => {
        isAnswered = outcome.kind !== 'retry';
      });
    } finally {
      admission.end(isAnswered);
    }
  }

  async function takeTurn(
    parsed: Parsed,
    signal: AbortSignal,
    onAnswer: (outcome: SendOutcome) => void,
  ): Promise<Verdict> {
    let decision: SendDecision;
    try {
      decision = await begin(parsed.key);
    } catch (error) {
      // The store is away. Nothing was sent: the message waits, and is no poison for it.
      return { kind: 'again', afterMs: STORE_PAUSE_MS, reason: messageOf(error) };
    }
    switch (decision.kind) {
      case 'send':
        return attempt(parsed, decision, signal, onAnswer);
      case 'wait':
        // Another sender has it in hand. Whether that one has died is known when its lease ends.
        return postpone(parsed.key, decision.until, signal);
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
    onAnswer: (outcome: SendOutcome) => void,
  ): Promise<Verdict> {
    // It is not broken off when the message is no longer ours, as when the broker goes away: what is on its way may
    // arrive, and would be sent again. The channel has its own limit, and whoever gets the message next waits.
    const outcome = await channel.send(message, attempt);
    onAnswer(outcome);
    const judged = judgeAttempt(policy, random(), outcome, attempt);
    const settle = (settled: SendingOutcome): Promise<void> => recordInEnd(settled, signal);
    switch (judged.kind) {
      case 'sent': {
        const at = now();
        const late = isLate(dueAt, at);
        await settle({ key, kind: 'sent', at, late });
        onSettled(late ? 'late' : 'sent');
        onDelivered(at - dueAt);
        return { kind: 'done' };
      }
      case 'retry':
        await settle({ key, kind: 'retry', error: judged.error, until: toInstant(now() + judged.afterMs) });
        onSettled('retry');
        return { kind: 'done' };
      case 'failed':
        await settle({ key, kind: 'failed', error: judged.error });
        return deadLetter('failed', judged.error);
      default:
        return judged satisfies never;
    }
  }

  async function postpone(key: ReminderKey, until: Instant, signal: AbortSignal): Promise<Verdict> {
    await recordInEnd({ key, kind: 'postponed', until }, signal);
    onSettled('postponed');
    return { kind: 'done' };
  }

  /** What was done must not be forgotten because the store is away for a while: then it would be done again. */
  async function recordInEnd(outcome: SendingOutcome, signal: AbortSignal): Promise<void> {
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
