import fc from 'fast-check';

/** Rules that are costly, endless, empty, or nearly right. */
const RULES = [
  '',
  'FREQ=DAILY',
  'FREQ=WEEKLY;COUNT=5',
  'FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270101T000000Z',
  'FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD;RSCALE=GREGORIAN',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;BYMONTHDAY=-1;COUNT=1000000000',
  'FREQ=SECONDLY',
  'FREQ=SECONDLY;BYSETPOS=366;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=MINUTELY;INTERVAL=7;UNTIL=99991231T235959Z',
  'FREQ=HOURLY;INTERVAL=2147483647',
  'FREQ=YEARLY;BYDAY=-53SU',
  'FREQ=DAILY;UNTIL=20270101',
  'FREQ=NEVER',
];

const PARTS = [
  'FREQ=DAILY',
  'FREQ=WEEKLY',
  'FREQ=MONTHLY',
  'FREQ=YEARLY',
  'FREQ=MINUTELY',
  'COUNT=3',
  'COUNT=4999',
  'INTERVAL=2',
  'UNTIL=20270630T120000Z',
  'BYDAY=MO,-1FR',
  'BYMONTHDAY=1,31,-31',
  'BYSETPOS=-1',
  'BYMONTH=2,12',
  'BYWEEKNO=53',
  'BYHOUR=0,23',
  'WKST=SU',
  'x',
];

/** How an event repeats: a rule that may be none, and dates that may be. */
export function recurrence(text: fc.Arbitrary<string>): fc.Arbitrary<object | null> {
  const rrule = fc.oneof(
    fc.constantFrom(...RULES),
    fc.uniqueArray(fc.constantFrom(...PARTS), { maxLength: 4 }).map((parts) => parts.join(';')),
    text,
  );
  const dates = fc.array(text, { maxLength: 4 });
  const members = fc.record({ rrule, exdates: dates, rdates: dates }, { requiredKeys: [] });
  return fc.oneof({ weight: 5, arbitrary: members }, { weight: 1, arbitrary: fc.constant(null) });
}
