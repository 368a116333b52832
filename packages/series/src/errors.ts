/** Labels that no series can have. */
export class InvalidLabelsError extends Error {
  override readonly name = 'InvalidLabelsError';
  readonly code = 'invalid_labels';
}

/** A selector or matcher that cannot be understood; `position` is the index into its text, where there is one. */
export class InvalidSelectorError extends Error {
  override readonly name = 'InvalidSelectorError';
  readonly code = 'invalid_selector';
  readonly position: number | undefined;

  constructor(message: string, position?: number, options?: ErrorOptions) {
    super(message, options);
    this.position = position;
  }
}

/** A scrape that does not fit its layout, or is beyond what can be stored. */
export class InvalidScrapeError extends Error {
  override readonly name = 'InvalidScrapeError';
  readonly code = 'invalid_scrape';
}

/** Every scrape number was given to some source: what has none left cannot be stored, whatever it is. */
export class ScrapeNumbersUsedUpError extends Error {
  override readonly name = 'ScrapeNumbersUsedUpError';
  readonly code = 'scrape_numbers_used_up';
}
