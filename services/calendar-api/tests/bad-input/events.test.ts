import { describeRefusals } from './_support/describe-refusals.ts';
import { EVENT_BY_ID_CASES } from './cases/event-by-id.ts';
import { NEW_EVENT_CASES } from './cases/new-event.ts';

describeRefusals('a request about events', [...NEW_EVENT_CASES, ...EVENT_BY_ID_CASES]);
