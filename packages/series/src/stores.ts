import type { SeriesReader } from './read/series-reader.ts';
import type { SeriesUpkeep } from './upkeep/series-upkeep.ts';
import type { SeriesWriter } from './write/series-writer.ts';

/** The three sides of one store. */
export interface SeriesStores {
  readonly writer: SeriesWriter;
  readonly reader: SeriesReader;
  readonly upkeep: SeriesUpkeep;
}
