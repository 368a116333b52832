import type { ExpositionFormat } from '../exposition.ts';
import type { EscapingScheme } from './escape-name.ts';
import { parseMediaType } from './media-type.ts';

/** The text formats by Prometheus' names for them, in the order in which Prometheus asks for them by default. */
export const SCRAPE_PROTOCOLS = [
  'OpenMetricsText1.0.0',
  'OpenMetricsText0.0.1',
  'PrometheusText1.0.0',
  'PrometheusText0.0.4',
] as const;

export type ScrapeProtocol = (typeof SCRAPE_PROTOCOLS)[number];

const MEDIA_TYPES: Record<ScrapeProtocol, string> = {
  'OpenMetricsText1.0.0': 'application/openmetrics-text;version=1.0.0',
  'OpenMetricsText0.0.1': 'application/openmetrics-text;version=0.0.1',
  'PrometheusText1.0.0': 'text/plain;version=1.0.0',
  'PrometheusText0.0.4': 'text/plain;version=0.0.4',
};

/** The format that a protocol is written in. */
export function formatOf(protocol: ScrapeProtocol): ExpositionFormat {
  return protocol.startsWith('OpenMetrics') ? 'openmetrics' : 'text';
}

/**
 * The Accept header of a scrape, as Prometheus 3 writes it: the protocols in order of preference, each with a
 * smaller weight, then anything. The escaping of names is asked for where the version knows it.
 */
export function formatAccept(
  protocols: readonly ScrapeProtocol[] = SCRAPE_PROTOCOLS,
  escaping: EscapingScheme = 'allow-utf-8',
): string {
  const wanted = protocols.map((protocol, i) => {
    const escape = protocol.endsWith('1.0.0') ? `;escaping=${escaping}` : '';
    return `${MEDIA_TYPES[protocol]}${escape};q=0.${protocols.length + 1 - i}`;
  });
  return [...wanted, '*/*;q=0.1'].join(',');
}

/** What a Content-Type says about a text, or why it says nothing. */
export type ContentTypeResult =
  | {
      readonly kind: 'format';
      readonly format: ExpositionFormat;
      readonly escaping: EscapingScheme | undefined;
    }
  | { readonly kind: 'unknown'; readonly problem: string };

/**
 * Reads the Content-Type of an answer. Without a fallback, what is missing or unknown is a problem to report, as
 * in Prometheus 3; with one, the text is read in the fallback's format.
 */
export function parseContentType(header: string | undefined, fallback?: ScrapeProtocol): ContentTypeResult {
  const media = header === undefined ? undefined : parseMediaType(header);
  const format = media && formatOfType(media.type);
  if (media !== undefined && format !== undefined) {
    const escaping = media.parameters.get('escaping');
    return { kind: 'format', format, escaping: isScheme(escaping) ? escaping : undefined };
  }
  if (fallback !== undefined) return { kind: 'format', format: formatOf(fallback), escaping: undefined };
  const found =
    header === undefined || header.trim() === ''
      ? 'no Content-Type'
      : `Content-Type ${JSON.stringify(header)}`;
  return {
    kind: 'unknown',
    problem: `the answer has ${found}; allowed are text/plain and application/openmetrics-text`,
  };
}

/** The Content-Type of a text in a format. */
export function formatContentType(format: ExpositionFormat, escaping?: EscapingScheme): string {
  if (format === 'text' && escaping === undefined) return 'text/plain; version=0.0.4; charset=utf-8';
  const type = format === 'text' ? 'text/plain' : 'application/openmetrics-text';
  const escape = escaping === undefined ? '' : `; escaping=${escaping}`;
  return `${type}; version=1.0.0; charset=utf-8${escape}`;
}

function formatOfType(type: string): ExpositionFormat | undefined {
  if (type === 'text/plain') return 'text';
  return type === 'application/openmetrics-text' ? 'openmetrics' : undefined;
}

export function isScheme(text: string | undefined): text is EscapingScheme {
  return text === 'allow-utf-8' || text === 'underscores' || text === 'dots' || text === 'values';
}
