import { METRIC_NAME, type Labels } from './labels.ts';

/** Names that need no quotes. */
const PLAIN_LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const PLAIN_METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/**
 * Spells a series as Prometheus does: `http_requests_total{code="200",method="get"}`; names that need it are
 * quoted, `{"http.requests","status code"="200"}`. Equal texts are equal series.
 */
export function formatLabels(labels: Labels): string {
  const metric = labels.find(([name]) => name === METRIC_NAME)?.[1];
  const isPlain = metric !== undefined && PLAIN_METRIC_NAME.test(metric);
  const parts = labels
    .filter(([name]) => name !== METRIC_NAME)
    .map(([name, value]) => `${PLAIN_LABEL_NAME.test(name) ? name : quote(name)}=${quote(value)}`);
  if (metric !== undefined && !isPlain) parts.unshift(quote(metric));
  const braces = parts.length > 0 || !isPlain ? `{${parts.join(',')}}` : '';
  return `${isPlain ? metric : ''}${braces}`;
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
