import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInstant } from './read-instant.ts';

describe('readInstant()', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01t00:00:00z', 0],
    ['1969-12-31T23:59:59.999Z', -1],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1969-12-31T18:30:00-05:30', 0],
    ['1970-01-01T00:00:00.1Z', 100],
    ['1970-01-01T00:00:00.1234Z', 124],
    ['1970-01-01T00:00:00.12300Z', 123],
    ['1970-01-01T00:00:00.9999Z', 1000],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
    ['0000-02-29T00:00:00Z', Date.parse('0000-02-29T00:00:00Z')],
  ])('should read %s', (text, expected) => {
    expect(readInstant(text)).toBe(expected);
  });

  it('should read back whatever a date prints', () => {
    const dates = fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(readInstant(date.toISOString())).toBe(date.getTime());
      }),
    );
  });

  it('should never take two moments that a fraction tells apart in the wrong order', () => {
    const fraction = fc.stringMatching(/^\d{1,6}$/);
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const [first, second] = [a, b].map((digits) => readInstant(`2026-03-01T00:00:00.${digits}Z`)) as [
          number,
          number,
        ];
        if (Number(`0.${a}`) <= Number(`0.${b}`)) expect(first).toBeLessThanOrEqual(second);
        else expect(first).toBeGreaterThanOrEqual(second);
      }),
    );
  });
});
