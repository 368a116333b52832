import type { IntervalView } from './calendar-client.ts';

/** What is in the way of a time that is taken. */
export interface ConflictView extends IntervalView {
  readonly event_id: string;
  readonly recurrence_id: string;
}

interface RefusalFacts {
  readonly code: string;
  readonly status: string;
  readonly fields?: readonly string[];
  readonly conflicts?: readonly ConflictView[];
}

/** The calendar said no, in the same words over every protocol. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The stable code: `date_busy`. */
  readonly code: string;
  /** As the protocol has it: `409`, or `FAILED_PRECONDITION`. */
  readonly status: string;
  /** The fields that are wrong, where some are. */
  readonly fields: readonly string[];
  readonly conflicts: readonly ConflictView[];

  constructor(message: string, { code, status, fields = [], conflicts = [] }: RefusalFacts) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
    this.conflicts = conflicts;
  }

  /** For whoever reads why a scenario failed. */
  override toString(): string {
    const fields = this.fields.length > 0 ? ` (${this.fields.join(', ')})` : '';
    return `${this.status} ${this.code}${fields}: ${this.message}`;
  }
}
