import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLength, parseLength, toIsoDuration } from './length.ts';
import { UnclearTime } from './unclear-time.ts';

describe('parseLength', () => {
  it.each([
    ['45m', 0, 45],
    ['1h30m', 0, 90],
    ['1 h 30 min', 0, 90],
    ['1.5 hours', 0, 90],
    ['half an hour', 0, 30],
    ['an hour', 0, 60],
    ['2 days', 2, 0],
    ['1w 2d', 9, 0],
    ['PT45M', 0, 45],
    ['P1DT2H', 1, 120],
  ])('should read %s', (text, days, minutes) => {
    expect(parseLength(text)).toEqual({ months: 0, days, minutes });
  });

  it.each([
    ['90', "'90' of what? Write 90m for minutes or 90h for hours"],
    ['soon', "'soon' is no length; allowed are 45m, 1h30m, 2 days"],
    ['', 'the length is missing; allowed are 45m, 1h30m, 2 days'],
    ['0.01h', '0.01 hours is no whole number of minutes'],
    ['45m later', "'later' is not understood here"],
    ['999999h', '999999 hours is too long; allowed are up to 100000 minutes or days'],
  ])('should say what is wrong with %j', (text, reason) => {
    expect(() => parseLength(text)).toThrow(UnclearTime);
    expect(() => parseLength(text)).toThrow(reason);
  });

  it('should read back every length that it prints, for people and for the API', () => {
    const length = fc.record({ days: fc.nat(900), minutes: fc.integer({ min: 1, max: 9_000 }) });
    fc.assert(
      fc.property(length, ({ days, minutes }) => {
        const expected = { months: 0, days, minutes };
        expect(parseLength(formatLength({ days, minutes }))).toEqual(expected);
        expect(parseLength(toIsoDuration(expected))).toEqual(expected);
      }),
    );
  });
});
