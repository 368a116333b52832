import { expect, it } from 'vitest';
import { formatLasting } from './use-lasting.ts';
import { formatMilliseconds } from './use-milliseconds.ts';
import { formatPercent } from './use-percent.ts';

it('should never call all what is not all', () => {
  expect([1, 0.99999, 0.5, 0].map((share) => formatPercent(share, 'en'))).toEqual([
    '100%',
    '99.99%',
    '50%',
    '0%',
  ]);
});

it('should spell how long something has lasted in its greatest unit', () => {
  expect([0, 59_999, 60_000, 7_200_000, 200_000_000].map((ms) => formatLasting(ms, 'en'))).toEqual([
    '0 seconds',
    '59 seconds',
    '1 minute',
    '2 hours',
    '2 days',
  ]);
});

it('should spell how long an answer took', () => {
  expect([3.4, 999, 1234].map((ms) => formatMilliseconds(ms, 'en'))).toEqual(['3 ms', '999 ms', '1.2 sec']);
});
