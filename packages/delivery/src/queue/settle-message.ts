import type { MessageHandler, QueuedMessage } from './message.ts';

/** What becomes of a message that was handed out. */
export type Settlement =
  | { readonly kind: 'done' }
  | { readonly kind: 'dead-letter'; readonly reason: string }
  /** It is no longer ours, or nobody has time for it: it is handed out again. */
  | { readonly kind: 'release' };

/** A message as an adapter got it. */
export interface ReceivedMessage {
  readonly id: string;
  readonly sizeBytes: number;
  /** Undefined where it is too large to have been read. */
  readonly body: Uint8Array | undefined;
  /** How often it was handed out, this time included. */
  readonly deliveries: number;
}

export interface SettleLimits {
  readonly maxMessageBytes: number;
  readonly maxDeliveries: number;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Brings a message to its end: calls the handler, again where it says so or throws, until there is a verdict or
 * the signal is aborted. Poison does not come near the handler: what is too large, and what was handed out too
 * often without a verdict, since it may be what kills those who handle it.
 */
export async function settleMessage(
  received: ReceivedMessage,
  handler: MessageHandler,
  { maxMessageBytes, maxDeliveries }: SettleLimits,
  signal: AbortSignal,
): Promise<Settlement> {
  const { id, body, deliveries, sizeBytes } = received;
  if (signal.aborted) return { kind: 'release' };
  if (body === undefined || sizeBytes > maxMessageBytes) {
    return deadLetter(`the body has ${sizeBytes} bytes; allowed are ${maxMessageBytes}`);
  }
  if (deliveries > maxDeliveries) {
    return deadLetter(
      `it was handed out ${deliveries - 1} times without a verdict; allowed are ${maxDeliveries}`,
    );
  }
  const message: QueuedMessage = { id, body, deliveries };
  for (let failures = 0; ;) {
    const attempt = await untilAborted(attemptOnce(handler, message, signal), signal);
    if (attempt === 'aborted') return { kind: 'release' };
    switch (attempt.kind) {
      case 'done':
        return attempt;
      case 'dead-letter':
        return deadLetter(attempt.reason);
      case 'again':
        await pause(attempt.afterMs, signal);
        break;
      case 'failed':
        failures++;
        if (deliveries + failures > maxDeliveries) {
          return deadLetter(
            `its handler failed ${failures} times, the last time with: ${describe(attempt.error)}`,
          );
        }
        await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)), signal);
        break;
      default:
        return attempt satisfies never;
    }
    if (signal.aborted) return { kind: 'release' };
  }
}

async function attemptOnce(handler: MessageHandler, message: QueuedMessage, signal: AbortSignal) {
  try {
    return await handler(message, signal);
  } catch (error) {
    return { kind: 'failed', error } as const;
  }
}

/** A handler that does not heed its signal is left behind. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | 'aborted'> {
  const { promise, resolve } = Promise.withResolvers<'aborted'>();
  const onAbort = (): void => resolve('aborted');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slept = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await untilAborted(slept, signal);
  clearTimeout(timer);
}

/** A reason travels in a header: one line, and not a long one. */
function deadLetter(reason: string): Settlement {
  return { kind: 'dead-letter', reason: reason.replaceAll(/\s+/g, ' ').trim().slice(0, 1000) };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
