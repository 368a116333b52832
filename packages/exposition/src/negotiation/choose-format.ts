import type { ExpositionFormat } from '../exposition.ts';
import type { EscapingScheme } from './escape-name.ts';
import { parseMediaType, splitOutsideQuotes } from './media-type.ts';
import { isScheme } from './scrape-protocol.ts';

/** What a server answers with. */
export interface ChosenFormat {
  readonly format: ExpositionFormat;
  /** How names are to be written; undefined where the reader knows the plain ones of version 0.0.4 alone. */
  readonly escaping: EscapingScheme | undefined;
}

/**
 * Chooses the format for an Accept header: OpenMetrics where it is asked for with the greatest weight, else
 * Prometheus text, which every reader understands.
 */
export function chooseFormat(accept: string | undefined): ChosenFormat {
  let best: ChosenFormat = { format: 'text', escaping: undefined };
  let bestWeight = 0;
  for (const part of splitOutsideQuotes(accept ?? '', ',')) {
    const media = parseMediaType(part);
    const format = media && formatOfRange(media.type, media.parameters.get('version'));
    if (media === undefined || format === undefined) continue;
    const weight = Number(media.parameters.get('q') ?? 1);
    // The comparison is false for a weight that is no number.
    if (!(weight > bestWeight)) continue;
    const escaping = media.parameters.get('escaping');
    best = { format, escaping: isScheme(escaping) ? escaping : undefined };
    bestWeight = weight;
  }
  return best;
}

function formatOfRange(type: string, version: string | undefined): ExpositionFormat | undefined {
  if (type === 'text/plain' || type === 'text/*' || type === '*/*') return 'text';
  const isKnown = version === undefined || version === '1.0.0' || version === '0.0.1';
  return type === 'application/openmetrics-text' && isKnown ? 'openmetrics' : undefined;
}
