import type { FieldViolation } from './errors.ts';

/** Collects what is wrong with the fields of one request, so that all of it is said at once. */
export class Violations {
  readonly #found: FieldViolation[] = [];

  add(field: string, description: string): undefined {
    this.#found.push({ field, description });
    return undefined;
  }

  /** Reads a field; a RangeError of the reader becomes a violation, and undefined is answered. */
  read<T>(field: string, reader: () => T): T | undefined {
    try {
      return reader();
    } catch (error) {
      if (error instanceof RangeError) return this.add(field, error.message);
      throw error;
    }
  }

  /** Throws what `toError` makes of the violations, if there are any. */
  throwIfAny(toError: (found: readonly FieldViolation[]) => Error): void {
    if (this.#found.length > 0) throw toError(this.#found);
  }
}
