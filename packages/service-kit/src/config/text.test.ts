import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatByteSize, parseByteSize } from './byte-size.ts';
import { formatDurationMs, parseDurationMs } from './duration.ts';
import { editDistance, suggest } from './suggest.ts';

describe('parseDurationMs', () => {
  it.each([
    ['10s', 10_000],
    ['500ms', 500],
    ['2m', 120_000],
    ['1h30m', 5_400_000],
    ['90d', 7_776_000_000],
    ['1.5s', 1500],
    ['0', 0],
  ])('should read %s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each(['', '10', '-1s', '1 s', 's', '1m1h', '1e3s', '10S', '1y', '99999999999999999999s'])(
    'should refuse %j',
    (text) => {
      expect(parseDurationMs(text)).toBeUndefined();
    },
  );

  it('should read back whatever it writes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 40 }), (ms) => {
        expect(parseDurationMs(formatDurationMs(ms))).toBe(ms);
      }),
    );
  });
});

describe('parseByteSize', () => {
  it('should read back whatever it writes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999 }), (bytes) => {
        expect(parseByteSize(formatByteSize(bytes))).toBe(bytes);
      }),
    );
  });

  it.each(['', '1', '1KB', '-1B', '1.5MiB', '1mib'])('should refuse %j', (text) => {
    expect(parseByteSize(text)).toBeUndefined();
  });
});

describe('suggest', () => {
  it('should count a swap of neighbours as one change', () => {
    expect(editDistance('prot', 'port')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('should find what was meant, and nothing when nothing is near', () => {
    expect(suggest('log_lvel', ['log_file', 'log_level'])).toBe('log_level');
    expect(suggest('colour', ['timeout', 'port'])).toBeUndefined();
    expect(suggest('x', [])).toBeUndefined();
  });

  it('should always be the same in both directions', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
      }),
    );
  });
});
