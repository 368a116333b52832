import { makeLabels, type Labels } from '@daywatch/series';
import { createRandom } from '../measure/random.ts';
import type { Fleet } from './load-series.ts';

const OF_EACH_KIND = 50;
/** Twelve hours at 15 s. */
const SCRAPES = 2880;
const GAUGE_STEPS = 200;

type Column = (random: () => number) => Float64Array;

const KINDS: readonly (readonly [string, Column])[] = [
  ['busy_requests_total', busyCounter],
  ['room_temperature_celsius', decimalGauge],
  ['queue_load_ratio', fullFloat],
];

/** What packs badly: busy counters, gauges of few decimals, and floats of full precision, as many of each. */
export function createSyntheticFleet(): Fleet {
  const kinds = KINDS.flatMap((kind) => Array.from({ length: OF_EACH_KIND }, (_, i) => ({ kind, i })));
  return {
    series: kinds.map(({ kind: [name], i }): Labels => makeLabels({ __name__: name, part: `part-${i}` })),
    scrapes: SCRAPES,
    labelsOf: (target) => makeLabels({ job: 'fleet', instance: `host-${target}:9100` }),
    columnsOf: (target) =>
      kinds.map(({ kind: [, makeColumn] }, i) => makeColumn(createRandom(target * kinds.length + i + 1))),
  };
}

/** Grows by another whole number at each scrape, about a load of its own. */
function busyCounter(random: () => number): Float64Array {
  const perStep = 10 + 5000 * random();
  let count = Math.floor(1e9 * random());
  return Float64Array.from({ length: SCRAPES }, () => (count += Math.floor(perStep * (0.5 + random()))));
}

/** Walks up and down by tenths. */
function decimalGauge(random: () => number): Float64Array {
  let tenths = Math.floor(GAUGE_STEPS * random());
  return Float64Array.from({ length: SCRAPES }, () => {
    tenths += Math.floor(random() * 5) - 2;
    return tenths / 10;
  });
}

/** No two alike in any bit of the mantissa. */
function fullFloat(random: () => number): Float64Array {
  const phase = 7 * random();
  return Float64Array.from(
    { length: SCRAPES },
    (_, i) => 0.5 + Math.sin(i / 300 + phase) / 4 + random() / 10,
  );
}
