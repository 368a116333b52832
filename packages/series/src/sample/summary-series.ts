import { makeLabels, METRIC_NAME, type Labels } from '../labels/labels.ts';
import type { ScrapeSummary } from '../write/series-writer.ts';

/** The series that every scrape of a target yields by itself, in the order of their columns. */
export const SUMMARY_SERIES: readonly Labels[] = [
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
].map((name) => makeLabels([[METRIC_NAME, name]]));

/** Their values, in the same order. */
export function summaryValues({ isUp, durationSeconds, samples }: ScrapeSummary): readonly number[] {
  return [isUp ? 1 : 0, durationSeconds, samples];
}
