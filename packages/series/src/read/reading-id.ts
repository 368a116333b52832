/** A reading's id is its scrape's number, and so many bits for its column, from 1 on. */
const COLUMN_ROOM = 2 ** 20;

/** The columns of `up`, `scrape_duration_seconds` and `scrape_samples_scraped`: behind those of every layout. */
export const FIRST_SUMMARY_COLUMN = COLUMN_ROOM - 4;

/** An integer from 1 to 2^53 - 1, for numbers below 2^33. */
export function readingId(scrapeNumber: number, column: number): number {
  return scrapeNumber * COLUMN_ROOM + column + 1;
}
