/**
 * Scrape numbers come from one sequence and are handed to a source in runs of so many, so that a block, which never
 * spans two runs, keeps its first number alone.
 */
export const RUN_LENGTH = 8192;
