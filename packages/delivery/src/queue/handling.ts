import type { MessageHandler } from './message.ts';
import type { ConsumeOptions } from './message-queue.ts';
import { settleMessage, type ReceivedMessage, type SettleLimits, type Settlement } from './settle-message.ts';

const DEFAULT_HANDLING_TIMEOUT_MS = 5 * 60_000;
const MAX_HANDLING_TIMEOUT_MS = 15 * 60_000;
const MAX_PREFETCH = 10_000;

/** The messages of one subscription that are in the hands of its handler. */
export class Handling {
  readonly prefetch: number;
  readonly #handler: MessageHandler;
  readonly #limits: SettleLimits;
  readonly #timeoutMs: number;
  readonly #onDeadLetter: (reason: string) => void;
  readonly #controllers = new Set<AbortController>();
  #onEmpty: () => void = () => undefined;

  /** @throws RangeError for options out of range */
  constructor(handler: MessageHandler, options: ConsumeOptions, limits: SettleLimits) {
    const { prefetch, handlingTimeoutMs = DEFAULT_HANDLING_TIMEOUT_MS } = options;
    const { onDeadLetter = () => undefined } = options;
    checkRange('prefetch', prefetch, MAX_PREFETCH);
    checkRange('handlingTimeoutMs', handlingTimeoutMs, MAX_HANDLING_TIMEOUT_MS);
    this.prefetch = prefetch;
    this.#handler = handler;
    this.#limits = limits;
    this.#timeoutMs = handlingTimeoutMs;
    this.#onDeadLetter = onDeadLetter;
  }

  get size(): number {
    return this.#controllers.size;
  }

  /**
   * Handles a message. @param controller aborts it alone, when its lease is lost.
   * @returns what is to become of it; `conclude` is awaited before it counts as out of hand.
   */
  async handle(
    message: ReceivedMessage,
    conclude: (settlement: Settlement) => Promise<void> | void,
    controller = new AbortController(),
  ): Promise<void> {
    this.#controllers.add(controller);
    const timer = setTimeout(
      () => controller.abort(new Error(`it was not handled within ${this.#timeoutMs} ms`)),
      this.#timeoutMs,
    );
    try {
      const settlement = await settleMessage(message, this.#handler, this.#limits, controller.signal);
      await conclude(settlement);
      if (settlement.kind === 'dead-letter') this.#onDeadLetter(settlement.reason);
    } finally {
      clearTimeout(timer);
      this.#controllers.delete(controller);
      if (this.size === 0) this.#onEmpty();
    }
  }

  /** The messages are no longer ours, or there is no more time for them. */
  abort(reason: Error): void {
    for (const controller of this.#controllers) controller.abort(reason);
  }

  /** Waits until nothing is in hand, at most `drainMs`; then aborts what is left, and waits for its end. */
  async drain(drainMs: number): Promise<void> {
    if (this.size === 0) return;
    const { promise: isEmpty, resolve } = Promise.withResolvers<void>();
    this.#onEmpty = resolve;
    const timer = setTimeout(() => this.abort(new Error('the subscription is closed')), drainMs);
    await isEmpty;
    clearTimeout(timer);
  }
}

function checkRange(name: string, value: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= max) return;
  throw new RangeError(`${name}: ${value} is not allowed; allowed are whole numbers from 1 to ${max}`);
}
