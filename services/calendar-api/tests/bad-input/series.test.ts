import { describeRefusals } from './_support/describe-refusals.ts';
import { OCCURRENCE_CASES } from './cases/occurrences.ts';
import { RECURRENCE_CASES } from './cases/recurrences.ts';

describeRefusals('a request about series', [...RECURRENCE_CASES, ...OCCURRENCE_CASES]);
