import { describeHttpRefusals } from './_support/describe-http-refusals.ts';
import { describeRefusals } from './_support/describe-refusals.ts';
import { HTTP_BODY_CASES } from './cases/http-bodies.ts';
import { HTTP_ROUTE_CASES } from './cases/http-routes.ts';
import { JSON_TYPE_CASES } from './cases/json-types.ts';

describeHttpRefusals('a body that is wrong', HTTP_BODY_CASES);
describeHttpRefusals('a path, a method, a query or a condition that is wrong', HTTP_ROUTE_CASES);
describeRefusals('a JSON value of the wrong type', JSON_TYPE_CASES);
