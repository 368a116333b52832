const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((value) => value !== 0);
const allOf = (least: number, most: number): string => range(least, most).join(',');

/** Rules that hang other libraries, and ones made to be as heavy as the grammar allows. */
const NASTY: readonly string[] = [
  'FREQ=DAILY;BYMONTHDAY=-1;COUNT=1000000000',
  'FREQ=SECONDLY;UNTIL=21260131T000000Z',
  'FREQ=SECONDLY;UNTIL=99991231T235959Z',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;RSCALE=GREGORIAN;SKIP=BACKWARD;COUNT=1000000',
  'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=-2;COUNT=2',
  'FREQ=WEEKLY;BYMONTH=2;BYDAY=MO,TU;BYSETPOS=3;COUNT=2',
  'FREQ=SECONDLY;INTERVAL=7;BYSECOND=1;BYMINUTE=1;BYHOUR=1;BYDAY=MO;BYMONTHDAY=29;BYMONTH=2',
  'FREQ=SECONDLY;INTERVAL=86399;BYHOUR=3;BYMINUTE=3;BYSECOND=3;COUNT=1000000000',
  'FREQ=MINUTELY;INTERVAL=1439;BYMONTHDAY=31;BYDAY=SU;COUNT=1000000000',
  'FREQ=DAILY;INTERVAL=97;BYMONTHDAY=30;BYMONTH=2',
  `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYYEARDAY=${allOf(1, 366)}`,
  `FREQ=YEARLY;BYYEARDAY=${allOf(-366, 366)};BYMONTHDAY=${allOf(-31, 31)};BYWEEKNO=${allOf(-53, 53)};BYSETPOS=${allOf(-366, 366)}`,
  `FREQ=DAILY;BYHOUR=${[0, ...range(1, 23)].join(',')};BYMINUTE=${[0, ...range(1, 59)].join(',')};BYSECOND=${[0, ...range(1, 59)].join(',')};BYSETPOS=${allOf(-366, 366)}`,
  `FREQ=YEARLY;BYDAY=${range(-53, 53)
    .flatMap((n) => ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].map((day) => `${n}${day}`))
    .join(',')};COUNT=1000000000`,
  `FREQ=HOURLY;BYYEARDAY=${allOf(-366, 366)};BYMONTHDAY=${allOf(-31, 31)};COUNT=1000000000`,
];

const PARTS: readonly (readonly [name: string, least: number, most: number])[] = [
  ['BYMONTH', 1, 12],
  ['BYMONTHDAY', -31, 31],
  ['BYYEARDAY', -366, 366],
  ['BYWEEKNO', -53, 53],
  ['BYHOUR', 0, 23],
  ['BYMINUTE', 0, 59],
  ['BYSECOND', 0, 59],
  ['BYSETPOS', -366, 366],
];
const FREQS = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'];
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const INTERVALS = [1, 1, 1, 2, 3, 7, 11, 29, 31, 97, 365, 1439, 3599, 86_399, 146_097, 2_147_483_647];

/** The nasty ones, then random ones: parts in any mixture, with edge values, short and very long lists. */
export function* hostileRules(count: number): Generator<string, void, undefined> {
  yield* NASTY;
  const random = randomNumbers(20_261_126);
  const below = (bound: number): number => Math.floor(random() * bound);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  for (let made = 0; made < count; made += 1) {
    const parts = [`FREQ=${pick(FREQS)}`, `INTERVAL=${pick(INTERVALS)}`];
    for (const [name, least, most] of PARTS) {
      if (random() < 0.3) {
        const length = random() < 0.15 ? 200 : 1 + below(4);
        const value = (): number => {
          const edge = random() < 0.4;
          return (edge ? pick([least, most, 1, -1]) : least + below(most - least + 1)) || 1;
        };
        parts.push(`${name}=${Array.from({ length }, () => Math.max(least, value())).join(',')}`);
      }
    }
    if (random() < 0.4) {
      const isNumbered = random() < 0.3;
      parts.push(
        `BYDAY=${Array.from({ length: 1 + below(4) }, () => `${isNumbered ? below(53) + 1 : ''}${pick(DAYS)}`).join(',')}`,
      );
    }
    parts.push(pick(['WKST=MO', 'WKST=SU', 'COUNT=2', 'COUNT=1000000000', 'UNTIL=99991231T235959Z']));
    if (random() < 0.15) {
      parts.push('RSCALE=GREGORIAN', `SKIP=${pick(['BACKWARD', 'FORWARD'])}`);
    }
    yield parts.join(';');
  }
}

/** The same numbers in each run (mulberry32), in [0, 1). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
