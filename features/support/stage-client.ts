import { randomUUID } from 'node:crypto';
import type { Received, StageAnswer } from '../run/stage.ts';

/** Directs what happens on the stage: the receivers of webhooks and the services that are watched. */
export class StageClient {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** A place of a scenario's own, such as a receiver of webhooks. */
  newPlace(): string {
    return randomUUID();
  }

  /** Where the system under test finds the place. */
  urlOf(place: string): string {
    return `${this.#origin}/at/${place}`;
  }

  /** What the place answers from now on at that path: one after the other, and the last one for good. */
  async direct(place: string, path: string, answers: readonly StageAnswer[]): Promise<void> {
    const body = JSON.stringify({ path, answers });
    const response = await fetch(`${this.#origin}/directions/${place}`, { method: 'PUT', body });
    if (!response.ok) throw new Error(`the stage does not take ${body}: ${response.status}`);
  }

  /** What was posted to the place, in order. */
  async received(place: string): Promise<readonly Received[]> {
    const response = await fetch(`${this.#origin}/received/${place}`);
    return (await response.json()) as readonly Received[];
  }
}
