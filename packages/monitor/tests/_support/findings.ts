import { CELL, makeLabels } from '@daywatch/series';
import type { Finding, Reading } from '../../src/index.ts';

/** What a check of a target at a second would have found: a counter that says the second, and something that ended. */
export function makeFinding(second: number, target = 'shop'): Finding {
  const atMs = second * 1000;
  return {
    readings: [makeReading(second, target)],
    result: { targetId: target, domain: target, atMs, durationMs: 1.5, status: 'pass', reason: undefined },
    report: {
      targetId: target,
      status: 'pass',
      reason: undefined,
      atMs,
      durationMs: 1.5,
      scrape: { kind: 'read', samples: 1, refused: 0 },
    },
  };
}

const series = [makeLabels({ __name__: 'seconds_total' }), makeLabels({ __name__: 'gone', x: 'é"\n' })];

function makeReading(second: number, target: string): Reading {
  return {
    source: { key: `target ${target}`, labels: makeLabels({ job: target }) },
    series,
    atMs: second * 1000,
    values: Float64Array.of(second, NaN),
    states: Uint8Array.of(CELL.value, CELL.absent),
    summary: { isUp: true, durationSeconds: 0.1, samples: 1 },
  };
}

/** The seconds of findings, in their order. */
export function secondsOf(findings: readonly Finding[]): readonly number[] {
  return findings.map(({ result }) => (result?.atMs ?? NaN) / 1000);
}
