import { InvalidLabelsError, InvalidScrapeError } from '@daywatch/series';
import { QueryError } from '@daywatch/service-kit/postgres';

/**
 * Whether an error says that these very readings can never be stored: a value that no column takes, a text too long for an
 * index. Every other error may be over later: a right that is missing, a disk that is full.
 */
export function isHopeless(error: unknown): boolean {
  if (error instanceof InvalidScrapeError || error instanceof InvalidLabelsError) return true;
  // Data exceptions, constraints, and limits of the program; but of a sequence that has come to its end (2200H, of the
  // class of data exceptions) no reading is to blame.
  return error instanceof QueryError && /^(22(?!00H)|23|54)/.test(error.sqlState);
}
