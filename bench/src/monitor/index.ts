import type { Figure } from '../report.ts';
import { benchChecks } from './bench-checks.ts';
import { benchHistory } from './bench-history.ts';
import { benchReading } from './bench-reading.ts';
import { createFleet, loadTarget, TARGETS } from './load-series.ts';
import { openSeriesHouse } from './series-house.ts';
import { measureTables } from './table-sizes.ts';
import { checkVictoriaMetrics, measureVictoriaMetrics } from './victoria-metrics.ts';

/** The monitor's figures: what samples take on disk, and how fast they are read back. Some minutes. */
export async function benchMonitor(onFigure: (figure: Figure) => void): Promise<readonly Figure[]> {
  const fleet = createFleet();
  checkVictoriaMetrics();
  await using house = await openSeriesHouse();
  const samples = TARGETS * fleet.series.length * fleet.scrapes;
  for (let target = 0; target < TARGETS; target++) {
    await loadTarget(house, fleet, target);
    console.log(`loaded target ${target + 1} of ${TARGETS}`);
  }
  const ours = await measureTables(house.postgres);
  for (const [name, bytes] of ours.byTable)
    console.log(`  ${name.padEnd(28)} ${bytes.toLocaleString('en')} bytes`);
  const peer = await measureVictoriaMetrics(house.folder, fleet);

  const perSample = (bytes: number): string => (bytes / samples).toFixed(4);
  const figures: Figure[] = [
    {
      name: `bytes per sample, ${(samples / 1e6).toFixed(1)} million of a node exporter`,
      ours: `${perSample(ours.blocks + ours.rest)} (blocks ${perSample(ours.blocks)}, the rest ${perSample(ours.rest)})`,
      limit: `VictoriaMetrics ${perSample(peer.storage + peer.index)} (${perSample(peer.storage)}, ${perSample(peer.index)})`,
      value: (ours.blocks + ours.rest) / (peer.storage + peer.index),
      unit: 'of it',
      wanted: { atMost: 1 },
    },
    ...(await benchReading(house.stores.reader, house.dsn)),
    ...(await benchChecks()),
    ...(await benchHistory()),
  ];
  for (const figure of figures) onFigure(figure);
  return figures;
}
