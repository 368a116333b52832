import { CELL } from '@daywatch/blocks';

import { InvalidScrapeError } from '../errors.ts';
import { checkLabels } from '../labels/check-labels.ts';
import { formatLabels } from '../labels/format-labels.ts';
import { labelValue, METRIC_NAME, type Labels } from '../labels/labels.ts';
import { MAX_LAYOUT_SERIES, type Scrape } from './series-writer.ts';

/** The largest distance from 1970 that a `Date` can have. */
const MAX_TIME_MS = 8.64e15;

/**
 * Whether a list of series can be a layout.
 * @returns their texts, in order.
 * @throws InvalidScrapeError, InvalidLabelsError
 */
export function checkLayout(series: readonly Labels[]): readonly string[] {
  if (series.length > MAX_LAYOUT_SERIES) {
    throw new InvalidScrapeError(
      `a layout of ${series.length} series is too large: at most ${MAX_LAYOUT_SERIES} fit`,
    );
  }
  const texts = series.map((labels) => {
    checkLabels(labels);
    if (labelValue(labels, METRIC_NAME) === '') {
      throw new InvalidScrapeError(`the series ${formatLabels(labels)} has no name of a metric`);
    }
    return formatLabels(labels);
  });
  const seen = new Set<string>();
  for (const text of texts) {
    if (seen.has(text)) throw new InvalidScrapeError(`a layout has the series ${text} twice`);
    seen.add(text);
  }
  return texts;
}

/** @throws InvalidScrapeError for a scrape that does not fit its layout. */
export function checkScrape({ source, atMs, layout, values, states, summary }: Scrape, series: number): void {
  const which = `the scrape of source ${source} at ${atMs}`;
  if (!Number.isInteger(atMs) || Math.abs(atMs) > MAX_TIME_MS) {
    throw new InvalidScrapeError(
      `${which} is at no moment: an integer up to ${MAX_TIME_MS} on either side is needed`,
    );
  }
  if (values.length !== series || (states !== undefined && states.length !== series)) {
    throw new InvalidScrapeError(
      `${which} has ${values.length} values and ${states?.length ?? values.length} states: layout ${layout} has ${series} series`,
    );
  }
  if (states?.some((state) => state > CELL.absent)) {
    throw new InvalidScrapeError(`${which} has a state that is none of 0 to ${CELL.absent}`);
  }
  const samples = summary?.samples ?? 0;
  if (!Number.isInteger(samples) || samples < 0 || samples >= 2 ** 31) {
    throw new InvalidScrapeError(
      `${which} counts ${samples} samples: an integer from 0 to 2147483647 is needed`,
    );
  }
}
