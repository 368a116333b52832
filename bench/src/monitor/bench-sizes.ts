import type { Figure } from '../report.ts';
import { prometheusVersion } from '../scraping/debian-prometheus.ts';
import { loadTarget, TARGETS, type Fleet } from './load-series.ts';
import { measurePrometheus } from './prometheus-blocks.ts';
import type { SeriesHouse } from './series-house.ts';
import { measureTables } from './table-sizes.ts';
import { measureVictoriaMetrics } from './victoria-metrics.ts';

/** Loads a fleet into ours and into both peers. @param judge whose bytes are judged against */
export async function benchSizes(
  house: SeriesHouse,
  fleet: Fleet,
  what: string,
  judge: 'victoriaMetrics' | 'prometheus',
): Promise<Figure> {
  const samples = TARGETS * fleet.series.length * fleet.scrapes;
  for (let target = 0; target < TARGETS; target++) {
    await loadTarget(house, fleet, target);
    console.log(`loaded target ${target + 1} of ${TARGETS}`);
  }
  const ours = await measureTables(house.postgres);
  for (const [name, bytes] of ours.byTable)
    console.log(`  ${name.padEnd(28)} ${bytes.toLocaleString('en')} bytes`);
  const victoria = await measureVictoriaMetrics(house.folder, fleet);
  const peers = {
    victoriaMetrics: victoria.storage + victoria.index,
    prometheus: await measurePrometheus(house.folder, fleet),
  };
  const together = ours.blocks + ours.rest;
  const perSample = (bytes: number): string => (bytes / samples).toFixed(4);
  return {
    name: `bytes per sample, ${(samples / 1e6).toFixed(1)} million of ${what}`,
    ours: `${perSample(together)} (blocks ${perSample(ours.blocks)}, the rest ${perSample(ours.rest)})`,
    limit: [
      `VictoriaMetrics ${perSample(peers.victoriaMetrics)} (${perSample(victoria.storage)}, ${perSample(victoria.index)})`,
      `Prometheus ${prometheusVersion()} ${perSample(peers.prometheus)}`,
    ].join('; '),
    value: together / peers[judge],
    unit: judge === 'prometheus' ? "of Prometheus'" : "of VictoriaMetrics'",
    wanted: { atMost: 1 },
  };
}
