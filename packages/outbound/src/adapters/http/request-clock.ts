import { OutboundError } from '../../errors.ts';
import type { Timings } from '../../outbound-client.ts';

/** What a request waits for. */
export type Step = 'connection' | 'address' | 'connect' | 'tls' | 'answer' | 'body';

const WAITS_FOR = {
  connection: 'a free connection',
  address: 'the resolver',
  connect: 'the connection',
  tls: 'the TLS handshake',
  answer: 'the answer',
  body: 'the rest of the body',
} as const satisfies Record<Step, string>;

/**
 * The time limit of a request, and how long its steps took. The limit holds for the whole request, redirects and
 * body included; the steps begin anew with each hop.
 */
export class RequestClock {
  /** Aborted when the time is over, the caller gives up, or the client is closed; its reason is what to throw. */
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #startedMs = performance.now();
  readonly #callerSignal: AbortSignal | undefined;
  readonly #onCallerAbort = (): void => this.abort(this.#callerSignal?.reason);
  #step: Step = 'connection';
  #stepStartedMs = this.#startedMs;
  #endedMs: number | undefined;
  #tookMs: Partial<Record<Step, number>> = {};

  constructor(host: string, timeoutMs: number, callerSignal: AbortSignal | undefined) {
    this.signal = this.#controller.signal;
    this.#callerSignal = callerSignal;
    this.#timer = setTimeout(() => {
      const waited = `waited for ${WAITS_FOR[this.#step]}`;
      this.abort(new OutboundError('timeout', `${host} took longer than ${timeoutMs} ms; it ${waited}`));
    }, timeoutMs);
    callerSignal?.addEventListener('abort', this.#onCallerAbort, { once: true });
    if (callerSignal?.aborted === true) this.#onCallerAbort();
  }

  get step(): Step {
    return this.#step;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** A new hop: its steps count from here. */
  restart(): void {
    this.#step = 'connection';
    this.#stepStartedMs = performance.now();
    this.#tookMs = {};
  }

  /** The present step is done, and another begins. */
  enter(step: Step): void {
    const nowMs = performance.now();
    this.#tookMs[this.#step] = (this.#tookMs[this.#step] ?? 0) + nowMs - this.#stepStartedMs;
    this.#step = step;
    this.#stepStartedMs = nowMs;
  }

  timings(): Timings {
    const { address = 0, connect = 0, tls = 0, answer = 0 } = this.#tookMs;
    return {
      dnsMs: address,
      connectMs: connect,
      tlsMs: tls,
      firstByteMs: answer,
      totalMs: (this.#endedMs ?? performance.now()) - this.#startedMs,
    };
  }

  /** The request is over: nothing is limited any more. Idempotent. */
  stop(): void {
    this.#endedMs ??= performance.now();
    clearTimeout(this.#timer);
    this.#callerSignal?.removeEventListener('abort', this.#onCallerAbort);
  }
}
