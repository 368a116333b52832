import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTimestamp, encodeTimestamp } from './timestamp.ts';

describe('encodeTimestamp', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [253_402_300_799_999, '9999-12-31T23:59:59.999Z'],
    [253_402_300_800_000, 'infinity'],
    [-62_135_596_800_000, '0001-01-01T00:00:00.000Z'],
    [-62_135_596_800_001, '0001-12-31T23:59:59.999Z BC'],
    [-62_167_219_200_001, '0002-12-31T23:59:59.999Z BC'],
    [-999_999_999_999_999, '-infinity'],
  ])('should spell %d as %s', (ms, text) => {
    expect(encodeTimestamp(ms)).toBe(text);
  });
});

describe('decodeTimestamp', () => {
  it.each([
    ['2026-03-29 08:00:00+00', '2026-03-29T08:00:00.000Z'],
    ['2026-03-29 08:00:00.25+00', '2026-03-29T08:00:00.250Z'],
    ['2026-03-29 08:00:00.123999+00', '2026-03-29T08:00:00.123Z'],
    ['2026-03-29 08:00:00', '2026-03-29T08:00:00.000Z'],
    ['2026-03-29 08:00:00+05:30', '2026-03-29T02:30:00.000Z'],
    ['1900-01-01 00:00:00-00:25:21', '1900-01-01T00:25:21.000Z'],
    ['0050-01-01 00:00:00+00', '0050-01-01T00:00:00.000Z'],
    ['0001-12-31 14:41:01+00 BC', '0000-12-31T14:41:01.000Z'],
    ['10000-01-01 07:00:00+00', '+010000-01-01T07:00:00.000Z'],
  ])('should read %s', (text, expected) => {
    expect(new Date(decodeTimestamp(text)).toISOString()).toBe(expected);
  });

  it.each(['infinity', '-infinity', '29/03/2026 08:00:00 CEST', ''])('should refuse %j', (text) => {
    expect(() => decodeTimestamp(text)).toThrow('no finite ISO timestamp');
  });

  it('should read back what was spelled, for any instant of the years 1 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (ms) => {
        const serverText = encodeTimestamp(ms).replace('T', ' ').replace('Z', '+00');
        expect(decodeTimestamp(serverText)).toBe(ms);
      }),
    );
  });
});
