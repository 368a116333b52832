import { ErrInvalidAccess, type AccessViolation } from './errors.ts';

/** Reads the fields of one request and says all that is wrong with them at once. */
export class Violations {
  readonly #found: AccessViolation[] = [];

  /** Reads a field; a RangeError of the reader becomes a violation, and undefined is answered. */
  read<T>(field: string, reader: () => T): T | undefined {
    try {
      return reader();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#found.push({ field, description: error.message });
      return undefined;
    }
  }

  toError(): ErrInvalidAccess {
    return new ErrInvalidAccess(this.#found);
  }
}
