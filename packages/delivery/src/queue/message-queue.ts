import type { DeadLetters } from './dead-letters.ts';
import type { MessageHandler, OutgoingMessage, PublishOutcome } from './message.ts';

/**
 * Carries messages from those who publish to those who consume, at least once.
 *
 * - A message that was `confirmed` is handed out until a handler is done with it or it is a dead letter.
 *   It survives `kill -9` of the publisher, the consumer and the broker, at any step.
 * - A message may be handed out more than once: after a consumer died, a connection broke, or a publisher
 *   repeated one whose outcome was `unknown`. Handlers recognise repetitions by its id.
 * - Order is about that of publishing. Repetitions and several consumers change it: do not build on it.
 * - A message that was handed out `maxDeliveries` times without a verdict becomes a dead letter, so that one
 *   that kills its consumers does not do so for ever.
 */
export interface MessageQueue extends AsyncDisposable {
  /**
   * Publishes a batch, at most 10,000 messages, and resolves with one outcome for each, in their order, within
   * `publishTimeoutMs`. It does not reject for what the outside world does: that is in the outcomes. An
   * aborted signal makes those without an answer `unknown`.
   */
  publish(messages: readonly OutgoingMessage[], signal?: AbortSignal): Promise<readonly PublishOutcome[]>;
  /** Begins to hand out messages, also ones that come later, and goes on through outages, until closed. */
  consume(handler: MessageHandler, options: ConsumeOptions): Subscription;
  /** Counts what waits. @throws ErrQueueUnavailable */
  depth(signal?: AbortSignal): Promise<QueueDepth>;
  /** Resolves when the broker answers; for readiness. @throws ErrQueueUnavailable */
  check(signal?: AbortSignal): Promise<void>;
  /** What could not be handled. */
  readonly deadLetters: DeadLetters;
  /** Closes the subscriptions, gives work in flight `drainMs` (default 10 s), and disconnects. Idempotent. */
  close(drainMs?: number): Promise<void>;
}

export interface ConsumeOptions {
  /** At most so many messages are in the hands of handlers at once, 1 to 10,000; their handlers run at the same time. */
  readonly prefetch: number;
  /** A handler that has not answered by then loses the message, which is handed out again. Default 5 min, at most 15. */
  readonly handlingTimeoutMs?: number;
  /** Hears of each message that becomes a dead letter, also of those that no handler sees. */
  readonly onDeadLetter?: (reason: string) => void;
}

export interface Subscription extends AsyncDisposable {
  /** How many messages are in the hands of handlers. */
  inFlight(): number;
  /**
   * Takes no new messages and waits for the handlers, at most `drainMs` (default 10 s). Then their signals
   * are aborted, and what is left goes back to the queue. Idempotent.
   */
  close(drainMs?: number): Promise<void>;
}

export interface QueueDepth {
  /** Messages that wait to be handed out. */
  readonly waiting: number;
  readonly deadLetters: number;
}
