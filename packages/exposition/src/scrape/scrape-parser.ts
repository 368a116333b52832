import type { ExpositionFormat } from '../exposition.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { ExpositionLimits } from '../limits.ts';
import { LineReader } from '../line/line-reader.ts';
import type { Scrape } from './layout.ts';
import { readLayout } from './read-layout.ts';
import { rereadValues } from './reread-values.ts';
import type { Template } from './template.ts';

export interface ScrapeParserOptions {
  readonly limits?: ExpositionLimits;
}

/**
 * Reads the scrapes of one target. The text of a target hardly changes from scrape to scrape, so the parser keeps
 * the latest text as a template: bytes that are the same as before are compared and skipped, numbers that differ
 * are read, and only a text whose series differ is read in full.
 */
export class ScrapeParser {
  readonly #limits: ExpositionLimits;
  #template: Template | undefined;

  constructor({ limits = DEFAULT_LIMITS }: ScrapeParserOptions = {}) {
    this.#limits = limits;
  }

  /**
   * Reads a text. The parser keeps the bytes until the next text: they must not change meanwhile. Throws an
   * {@link ExpositionError} where the text is wrong, and forgets nothing of the scrape before.
   */
  parse(body: Uint8Array, format: ExpositionFormat): Scrape {
    const reader = new LineReader(body, {
      format,
      limits: this.#limits,
      skipsComments: true,
    });
    const before = this.#template?.format === format ? this.#template : undefined;
    const template = (before && rereadValues(reader, before)) ?? readLayout(reader, before);
    this.#template = template;
    const { layout, values, timestampsMs, duplicates } = template;
    return { layout, values, duplicates, ...(timestampsMs ? { timestampsMs } : {}) };
  }
}
