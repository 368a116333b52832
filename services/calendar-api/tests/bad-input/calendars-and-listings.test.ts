import { describeRefusals } from './_support/describe-refusals.ts';
import { CALENDAR_CASES } from './cases/calendars.ts';
import { LISTING_CASES } from './cases/listings.ts';

describeRefusals('a request about calendars and periods', [...CALENDAR_CASES, ...LISTING_CASES]);
