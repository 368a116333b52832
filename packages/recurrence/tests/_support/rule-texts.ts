import * as fc from 'fast-check';
import { FREQUENCIES, WEEKDAYS } from '../../src/index.ts';
import type { Frequency } from '../../src/index.ts';

/** What a generator of rule texts may use. */
export interface RuleTextOptions {
  readonly freqs?: readonly Frequency[];
  /** Rules with RSCALE and SKIP. */
  readonly withSkip?: boolean;
  readonly maxInterval?: number;
  /** Leaves COUNT and UNTIL to the caller. */
  readonly withBound?: boolean;
}

const signed = (most: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: 1, max: most }),
    fc.integer({ min: -most, max: -1 }),
    fc.constantFrom(1, -1, most, -most),
  );

const list = (value: fc.Arbitrary<number | string>, most = 4): fc.Arbitrary<string> =>
  fc.array(value, { minLength: 1, maxLength: most }).map((values) => values.join(','));

/** Present about one time in `freq + 1`. */
const sometimes = (arb: fc.Arbitrary<string>, freq = 2): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: fc.constant(''), weight: freq }, { arbitrary: arb, weight: 1 });

/** Texts of valid rules in which every part of RFC 5545 turns up wherever its frequency allows it. */
export function ruleTexts(options: RuleTextOptions = {}): fc.Arbitrary<string> {
  const { freqs = FREQUENCIES, withSkip = false, maxInterval = 12, withBound = true } = options;
  return fc.constantFrom(...freqs).chain((freq) => {
    const isLong = freq === 'YEARLY' || freq === 'MONTHLY';
    const isClock = freq === 'HOURLY' || freq === 'MINUTELY' || freq === 'SECONDLY';
    return fc
      .record({
        interval: sometimes(fc.integer({ min: 1, max: maxInterval }).map(String), 1),
        bound: withBound
          ? fc.oneof(
              fc.constant(''),
              fc.integer({ min: 1, max: 40 }).map((count) => `COUNT=${count}`),
            )
          : fc.constant(''),
        wkst: sometimes(fc.constantFrom(...WEEKDAYS)),
        byMonth: sometimes(list(fc.integer({ min: 1, max: 12 }))),
        byWeekNo: freq === 'YEARLY' ? sometimes(list(signed(53)), 4) : fc.constant(''),
        byYearDay: freq === 'YEARLY' || isClock ? sometimes(list(signed(366)), 6) : fc.constant(''),
        byMonthDay: freq === 'WEEKLY' ? fc.constant('') : sometimes(list(signed(31))),
        byDay: sometimes(list(fc.constantFrom(...WEEKDAYS), 7), 1),
        ordinals: fc.oneof(
          fc.constant([0]),
          fc.array(signed(freq === 'MONTHLY' ? 5 : 53), { minLength: 1, maxLength: 3 }),
          fc.array(fc.oneof(fc.constant(0), signed(5)), { minLength: 2, maxLength: 3 }),
        ),
        byHour: sometimes(list(fc.integer({ min: 0, max: 23 }))),
        byMinute: sometimes(list(fc.integer({ min: 0, max: 59 })), 4),
        bySecond: sometimes(list(fc.integer({ min: 0, max: 59 })), 6),
        bySetPos: sometimes(list(signed(6), 3), 3),
        skip: withSkip ? fc.constantFrom('BACKWARD', 'FORWARD') : fc.constant(''),
      })
      .map((raw) => {
        const mayCount = isLong && raw.byWeekNo === '';
        const byDay =
          raw.byDay === '' || !mayCount
            ? raw.byDay
            : raw.byDay
                .split(',')
                .map((weekday, index) => `${raw.ordinals[index % raw.ordinals.length] || ''}${weekday}`)
                .join(',');
        const by = [
          ['BYMONTH', raw.byMonth],
          ['BYWEEKNO', raw.byWeekNo],
          ['BYYEARDAY', raw.byYearDay],
          ['BYMONTHDAY', raw.byMonthDay],
          ['BYDAY', byDay],
          ['BYHOUR', raw.byHour],
          ['BYMINUTE', raw.byMinute],
          ['BYSECOND', raw.bySecond],
        ].filter(([, value]) => value !== '');
        const parts = [
          `FREQ=${freq}`,
          ...(raw.interval === '' ? [] : [`INTERVAL=${raw.interval}`]),
          ...(raw.bound === '' ? [] : [raw.bound]),
          ...by.map(([name, value]) => `${name}=${value}`),
          ...(raw.bySetPos === '' || by.length === 0 ? [] : [`BYSETPOS=${raw.bySetPos}`]),
          ...(raw.wkst === '' ? [] : [`WKST=${raw.wkst}`]),
          ...(raw.skip === '' ? [] : ['RSCALE=GREGORIAN', `SKIP=${raw.skip}`]),
        ];
        return parts.join(';');
      });
  });
}
