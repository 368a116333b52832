import type { JsonObject } from '@bufbuild/protobuf';
import { BROKEN } from '../_support/broken-text.ts';
import type { Case } from '../_support/describe-refusals.ts';
import { EVENT, FAMILY, SECOND_WEDNESDAY, SERIES } from '../_support/fixtures.ts';
import type { Operation } from '../_support/operations.ts';

/** A text of a request: where it stands, and what is said of a control character there. */
interface TextField {
  readonly operation: Operation;
  readonly field: string;
  readonly input: (text: string) => JsonObject;
  readonly code: string;
  readonly says: string;
}

const LUNCH = { title: 'Lunch', start: '2026-11-24T12:00:00Z', duration: 'PT1H' };
const RANGE = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' };
const TIMES = ['start', 'end'];
const PLAIN = ['title', 'uid', 'location', 'description'];

const FIELDS: readonly TextField[] = [
  ...[...PLAIN, ...TIMES, 'duration', 'time_zone', 'id'].map((field) => ({
    operation: 'CreateEvent' as const,
    field,
    input: (text: string) => {
      const { duration, ...rest } = { ...LUNCH, [field]: text };
      return field === 'end' ? rest : { ...rest, duration };
    },
    code: 'invalid_event',
    says: saysOf(field),
  })),
  ...['title', 'location', 'description', ...TIMES, 'time_zone'].map((field) => ({
    operation: 'UpdateEvent' as const,
    field,
    input: (text: string) => ({ id: EVENT, [field]: text }),
    code: 'invalid_event',
    says: saysOf(field),
  })),
  {
    operation: 'CreateEvent',
    field: 'notify_before[0]',
    input: (text) => ({ ...LUNCH, notify_before: [text] }),
    code: 'invalid_event',
    says: 'is not a duration',
  },
  ...['title', 'location', 'description', ...TIMES].map((field) => ({
    operation: 'UpdateOccurrence' as const,
    field,
    input: (text: string) => ({ event_id: SERIES, recurrence_id: SECOND_WEDNESDAY, [field]: text }),
    code: 'invalid_event',
    says: saysOf(field),
  })),
  ...(['rrule', 'exdates', 'rdates'] as const).flatMap((part) =>
    [
      ['CreateEvent', LUNCH] as const,
      ['UpdateEvent', { id: SERIES }] as const,
      [
        'UpdateOccurrence',
        { event_id: SERIES, recurrence_id: SECOND_WEDNESDAY, scope: 'following' },
      ] as const,
    ].map(([operation, good]) => ({
      operation,
      field: `recurrence.${part}`,
      input: (text: string) => ({ ...good, recurrence: { [part]: part === 'rrule' ? text : [text] } }),
      code: 'invalid_event',
      says: part === 'rrule' ? 'recurrence.rrule: ' : `recurrence.${part}[0]: `,
    })),
  ),
  {
    operation: 'CreateEvent',
    field: 'calendar_id',
    input: (text) => ({ ...LUNCH, calendar_id: text }),
    code: 'calendar_not_found',
    says: 'there is no calendar',
  },
  ...['name', 'time_zone'].flatMap((field) => [
    {
      operation: 'CreateCalendar' as const,
      field,
      input: (text: string) => ({ name: 'Work', [field]: text }),
      code: 'invalid_calendar',
      says: saysOf(field),
    },
    {
      operation: 'UpdateCalendar' as const,
      field,
      input: (text: string) => ({ id: FAMILY, [field]: text }),
      code: 'invalid_calendar',
      says: saysOf(field),
    },
  ]),
  ...(['ListOccurrences', 'QueryFreeBusy'] as const).map((operation) => ({
    operation,
    field: 'from',
    input: (text: string) => ({ ...RANGE, from: text }),
    code: 'invalid_request',
    says: 'is not a time',
  })),
];

function saysOf(field: string): string {
  if ([...PLAIN, 'name'].includes(field)) return 'has the control character U+';
  if (TIMES.includes(field)) return 'is not a time';
  if (field === 'duration') return 'is not a duration';
  return field === 'id' ? 'is not a UUID' : 'is no known time zone';
}

/** Every text field with every text that must not get through. */
export const POISONED_TEXT_CASES: readonly Case[] = FIELDS.flatMap(
  ({ operation, field, input, code, says }) => [
    [`${field} with NUL`, operation, input('a\u0000b'), code, says],
    [`${field} with a bell`, operation, input('\u0007'), code, says],
    [`${field} with an escape`, operation, input('\u001b]0;x\u0007'), code, says],
    [`${field} with DEL`, operation, input('a\u007f'), code, says],
    [`${field} with broken UTF-8`, operation, input(`a${BROKEN}b`), 'invalid_request', brokenSays(operation)],
  ],
);

/** A query has its bytes percent-encoded, so they are tried in a test of their own. */
function brokenSays(operation: Operation): Case[4] {
  const grpc = `the request is no daywatch.calendar.v1.${operation}Request: its `;
  return /^(?:Create|Update)/.test(operation)
    ? { http: 'body: is no valid UTF-8; allowed is JSON text in UTF-8', grpc }
    : { grpc };
}
