import type { JsonValue } from '@bufbuild/protobuf';
import type { Case } from '../_support/describe-refusals.ts';
import { EVENT, FAMILY, SECOND_WEDNESDAY, SERIES } from '../_support/fixtures.ts';
import type { Operation } from '../_support/operations.ts';

type Wrong = readonly [value: JsonValue, says: string];

const NO_TEXT: readonly Wrong[] = [
  [5, 'is the number 5; allowed is a string'],
  [1e300, 'is the number 1e+300; allowed is a string'],
  [true, 'is the boolean true; allowed is a string'],
  [[], 'is an array; allowed is a string'],
  [['x'], 'is an array; allowed is a string'],
  [{}, 'is an object; allowed is a string'],
];
const NO_FLAG: readonly Wrong[] = [
  ['true', "is the string 'true'; allowed is true or false"],
  [1, 'is the number 1; allowed is true or false'],
  [[], 'is an array; allowed is true or false'],
  [{}, 'is an object; allowed is true or false'],
];
const NO_LIST: readonly Wrong[] = [
  ['PT5M', "is the string 'PT5M'; allowed is an array"],
  [5, 'is the number 5; allowed is an array'],
  [false, 'is the boolean false; allowed is an array'],
  [{ 0: 'PT5M' }, 'is an object; allowed is an array'],
];
const NO_OBJECT: readonly Wrong[] = [
  ['FREQ=DAILY', "is the string 'FREQ=DAILY'; allowed is an object"],
  [5, 'is the number 5; allowed is an object'],
  [true, 'is the boolean true; allowed is an object'],
  [['FREQ=DAILY'], 'is an array; allowed is an object'],
];
/** Parts of a recurrence: what is wrong is named by its whole path. */
const NO_RECURRENCE: readonly (readonly [string, JsonValue, string])[] = [
  ...NO_TEXT.map(([value, says]) => ['recurrence.rrule', { rrule: value }, says] as const),
  ...NO_LIST.flatMap(([value, says]) => [
    ['recurrence.exdates', { exdates: value }, says] as const,
    ['recurrence.rdates', { rdates: value }, says] as const,
  ]),
  ['recurrence.exdates[0]', { exdates: [5] }, 'is the number 5; allowed is a string'],
  ['recurrence.rdates[1]', { rdates: ['2026-11-24T12:00:00Z', null] }, 'is null; allowed is a string'],
  ['recurrence.rule', { rule: 'FREQ=DAILY' }, "is no field of this request; did you mean 'rrule'?"],
  ['recurrence.until', { until: '2027' }, 'is no field of this request'],
];
const NO_REMINDER: readonly Wrong[] = [
  [[5], 'is the number 5; allowed is a string'],
  [[null], 'is null; allowed is a string'],
  [[['PT5M']], 'is an array; allowed is a string'],
];

const EVENT_TEXTS = [
  'calendar_id',
  'uid',
  'title',
  'start',
  'end',
  'duration',
  'time_zone',
  'description',
  'location',
];

const EVENT_FIELDS: readonly (readonly [string, readonly Wrong[]])[] = [
  ...[...EVENT_TEXTS, 'etag'].map((field) => [field, NO_TEXT] as const),
  ['all_day', NO_FLAG],
  ['busy', NO_FLAG],
  ['notify_before', NO_LIST],
  ['notify_before[0]', NO_REMINDER],
  ['recurrence', NO_OBJECT],
];

/** Every field of every body with every type that it does not have. protobuf has no such cases. */
export const JSON_TYPE_CASES: readonly Case[] = [
  ...wrongTypes('CreateEvent', { title: 'Lunch', start: '2026-11-24T12:00:00Z' }, [
    ['id', NO_TEXT],
    ...EVENT_FIELDS,
  ]),
  ...wrongTypes('UpdateEvent', { id: EVENT }, EVENT_FIELDS),
  ...wrongTypes('UpdateOccurrence', { event_id: SERIES, recurrence_id: SECOND_WEDNESDAY }, EVENT_FIELDS),
  ...NO_RECURRENCE.flatMap(([path, recurrence, says]): Case[] =>
    [
      ['CreateEvent', { title: 'Lunch', start: '2026-11-24T12:00:00Z' }] as const,
      ['UpdateEvent', { id: SERIES }] as const,
    ].map(([operation, good]) => [
      `${path} in ${JSON.stringify(recurrence)}`,
      operation,
      { ...good, recurrence },
      'invalid_request',
      { http: `${path}: ${says}` },
    ]),
  ),
  ...wrongTypes('CreateCalendar', { name: 'Work' }, [
    ['id', NO_TEXT],
    ['name', NO_TEXT],
    ['time_zone', NO_TEXT],
  ]),
  ...wrongTypes('UpdateCalendar', { id: FAMILY }, [
    ['name', NO_TEXT],
    ['time_zone', NO_TEXT],
  ]),
];

function wrongTypes(
  operation: Operation,
  good: Readonly<Record<string, string>>,
  fields: readonly (readonly [string, readonly Wrong[]])[],
): readonly Case[] {
  return fields.flatMap(([path, wrongs]) =>
    wrongs.map(([value, says]): Case => {
      const field = path.replace('[0]', '');
      const what = `${field} as ${JSON.stringify(value)}`;
      return [what, operation, { ...good, [field]: value }, 'invalid_request', { http: `${path}: ${says}` }];
    }),
  );
}
