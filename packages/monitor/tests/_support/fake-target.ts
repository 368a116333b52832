import { ScrapeParser } from '@daywatch/exposition';
import type { Checkable, HealthFinding, MetricsFinding, Target } from '../../src/index.ts';

/** How a target behaves when it is asked. */
export type Behaviour =
  | HealthFinding
  | { readonly kind: 'throw'; readonly message: string }
  /** Answers only when it is broken off. */
  | { readonly kind: 'hang' }
  /** Never answers, whatever its signal says, until `release`. */
  | { readonly kind: 'deaf' };

export class FakeTarget implements Checkable {
  readonly id: string;
  behaviour: Behaviour = { status: 'pass' };
  /** When it was asked, by the clock that it was given. */
  readonly askedAt: number[] = [];
  /** Signals of the questions, the latest last. */
  readonly signals: AbortSignal[] = [];
  readonly #released = Promise.withResolvers<void>();
  readonly #elapsed: () => number;

  constructor(id: string, elapsed: () => number) {
    this.id = id;
    this.#elapsed = elapsed;
  }

  release(): void {
    this.#released.resolve();
  }

  async health(signal: AbortSignal): Promise<HealthFinding> {
    this.askedAt.push(this.#elapsed());
    this.signals.push(signal);
    const { behaviour } = this;
    if ('status' in behaviour) return behaviour;
    switch (behaviour.kind) {
      case 'throw':
        throw new Error(behaviour.message);
      case 'hang':
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
        throw new Error('unreachable');
      case 'deaf':
        await this.#released.promise;
        return { status: 'pass' };
      default:
        throw new Error(`Unknown behaviour: ${String(behaviour satisfies never)}`);
    }
  }

  metrics(): Promise<MetricsFinding> {
    return Promise.resolve({
      isUp: true,
      scrape: new ScrapeParser().parse(new TextEncoder().encode('up 1\n'), 'text'),
    });
  }
}

export function toTarget(check: Checkable, intervalMs = 5000, timeoutMs = 3000): Target {
  return { check, domain: check.id, intervalMs, timeoutMs };
}
