import { describe, expect, it } from 'vitest';
import { toInstant } from '../time/instant.ts';
import { goBack, parseKeepPeriod } from './keep-period.ts';

const at = (text: string) => toInstant(Date.parse(text));

describe('a period of keeping', () => {
  it.each([
    ['P1Y', '2025-03-01T12:00:00Z', '2024-03-01T12:00:00Z'],
    ['P1Y', '2024-02-29T12:00:00Z', '2023-02-28T12:00:00Z'],
    ['P18M', '2025-08-31T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['P1M1D', '2025-03-31T00:00:00Z', '2025-02-27T00:00:00Z'],
    ['P2W', '2025-01-03T00:00:00Z', '2024-12-20T00:00:00Z'],
  ])('should lead with %s from %s to %s', (text, from, to) => {
    const period = parseKeepPeriod(text);

    expect(period && goBack(at(from), period)).toBe(at(to));
  });

  it.each(['', 'P', '1Y', 'P0Y', 'P1H', 'PT1H', 'P1.5Y', 'P-1Y', '1 year', 'p1y'])(
    'should not be %j',
    (text) => {
      expect(parseKeepPeriod(text)).toBeUndefined();
    },
  );
});
