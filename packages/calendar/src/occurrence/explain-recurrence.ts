import { RecurrenceError } from '@daywatch/recurrence';
import { ErrInvalidEvent } from '../errors.ts';

/** The fields that the parts of a series come from, where it is not the rule. */
const FIELDS: Readonly<Record<string, string>> = {
  rdates: 'recurrence.rdates',
  exdates: 'recurrence.exdates',
  dtstart: 'start',
};

const TOO_LONG =
  'takes too long to work out; allowed are simpler rules, or fewer occurrences: give a smaller COUNT or an earlier UNTIL';

/**
 * Runs work on an event's recurrence.
 * @throws ErrInvalidEvent that names the field at fault, for what packages/recurrence refuses.
 */
export function explainRecurrence<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error;
    const field = FIELDS[error.part ?? ''] ?? 'recurrence.rrule';
    const description = error.code === 'budget_exceeded' ? TOO_LONG : error.message;
    throw new ErrInvalidEvent([{ field, description }]);
  }
}
