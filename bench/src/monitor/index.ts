import type { Figure } from '../report.ts';
import { prometheusVersion } from '../scraping/debian-prometheus.ts';
import { benchChecks } from './bench-checks.ts';
import { benchHistory } from './bench-history.ts';
import { benchReading } from './bench-reading.ts';
import { benchSizes } from './bench-sizes.ts';
import { createFleet } from './load-series.ts';
import { openSeriesHouse } from './series-house.ts';
import { createSyntheticFleet } from './synthetic-fleet.ts';
import { checkVictoriaMetrics } from './victoria-metrics.ts';

/** The monitor's figures: what samples take on disk, and how fast they are read back. Some minutes. */
export async function benchMonitor(onFigure: (figure: Figure) => void): Promise<readonly Figure[]> {
  const recorded = createFleet();
  checkVictoriaMetrics();
  prometheusVersion();
  const figures: Figure[] = [await benchSynthetic()];
  await using house = await openSeriesHouse();
  figures.push(
    await benchSizes(house, recorded, 'a node exporter', 'victoriaMetrics'),
    ...(await benchReading(house.stores.reader, house.dsn)),
    ...(await benchChecks()),
    ...(await benchHistory()),
  );
  for (const figure of figures) onFigure(figure);
  return figures;
}

async function benchSynthetic(): Promise<Figure> {
  await using house = await openSeriesHouse();
  return benchSizes(house, createSyntheticFleet(), 'a synthetic fleet', 'prometheus');
}
