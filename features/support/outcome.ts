import assert from 'node:assert/strict';
import { Refusal } from './calendar/refusal.ts';

type Outcome = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * What came of what somebody tried. A refusal that no step looks at fails the scenario: otherwise a step that says
 * nothing of the outcome would hide it.
 */
export class Attempts {
  #last: Outcome | undefined;
  #isSeen = true;

  async make(work: () => Promise<unknown>): Promise<void> {
    this.expectSeen();
    try {
      await work();
      this.#last = { kind: 'done' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#last = { kind: 'refused', refusal: error };
      this.#isSeen = false;
    }
  }

  /** @throws AssertionError where it was refused, or nothing was tried */
  expectDone(): void {
    this.expectSeen();
    assert.equal(this.#last?.kind, 'done', 'nothing that was tried has succeeded');
  }

  /** @throws AssertionError where it was done */
  takeRefusal(): Refusal {
    assert.ok(this.#last, 'nothing was tried');
    assert.equal(this.#last.kind, 'refused', 'it was done, and should have been refused');
    this.#isSeen = true;
    return this.#last.refusal;
  }

  /** @throws AssertionError where something was refused and no step has said so */
  expectSeen(): void {
    if (!this.#isSeen && this.#last?.kind === 'refused') {
      this.#isSeen = true;
      assert.fail(`it was refused: ${String(this.#last.refusal)}`);
    }
  }
}
