import { expand } from '@daywatch/recurrence';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { median } from '../measure/median.ts';
import { makeSeries, ZONE } from './contenders.ts';
import type { RecurrenceResult } from './index.ts';

/** A month far ahead of DTSTART beside next month. */
export function benchFarFuture(): RecurrenceResult {
  const series = makeSeries('FREQ=DAILY');
  const timeOf = (year: number): number => {
    const from = Temporal.Instant.from(`${year}-11-01T00:00:00Z`);
    const to = Temporal.Instant.from(`${year}-12-01T00:00:00Z`);
    const times: number[] = [];
    for (let round = 0; round < 2000; round += 1) {
      const began = performance.now();
      const found = Array.from(expand(series, { from, to })).length;
      times.push(performance.now() - began);
      if (found !== 30) {
        throw new Error(`found ${found} starts in a month of 30 days of ${year}`);
      }
    }
    return median(times.slice(1000));
  };
  timeOf(2026);
  const soonMs = timeOf(2026);
  const farMs = timeOf(9000);
  const peer = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${ZONE}:20161101T090000\nRRULE:FREQ=DAILY`,
    maxIterations: 10_000_000,
  });
  const began = performance.now();
  peer.between(new Date('9000-11-01T00:00:00Z'), new Date('9000-12-01T00:00:00Z'), true);
  const peerMs = performance.now() - began;
  return {
    task: 'one month of that rule in the year 9000, warm',
    oursMs: farMs,
    peersMs: { 'rrule-temporal': peerMs },
    aim: 'at most 2 times as long as next month',
    reached: `${(farMs / soonMs).toFixed(2)} times (next month ${(soonMs * 1000).toFixed(1)} µs)`,
  };
}
