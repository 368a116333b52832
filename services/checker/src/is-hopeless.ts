import { InvalidLabelsError, InvalidScrapeError } from '@daywatch/series';
import { QueryError } from '@daywatch/service-kit/postgres';

/**
 * Whether an error says that these very readings can never be stored: a value that no column takes, a text too long for an
 * index. Every other error may be over later: a right that is missing, a disk that is full.
 */
export function isHopeless(error: unknown): boolean {
  if (error instanceof InvalidScrapeError || error instanceof InvalidLabelsError) return true;
  // Data exceptions, constraints, and limits of the program.
  return error instanceof QueryError && /^(22|23|54)/.test(error.sqlState);
}
