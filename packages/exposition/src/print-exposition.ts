import { escapeHelp } from './escape.ts';
import type { Exemplar, ExpositionFormat, MetricFamily, MetricType, Sample } from './exposition.ts';
import { formatNumber } from './format-number.ts';
import { formatMetricName, formatSeries } from './series.ts';

export interface PrintOptions {
  /** Default `text`. */
  readonly format?: ExpositionFormat;
}

/**
 * Writes families so that `parseExposition` gives them back. Prometheus text has no units and no exemplars:
 * they are left out there. In OpenMetrics the text ends in `# EOF`.
 */
export function printExposition(
  families: readonly MetricFamily[],
  { format = 'text' }: PrintOptions = {},
): string {
  const lines: string[] = [];
  for (const family of families) {
    const name = formatMetricName(family.name);
    if (family.help !== undefined) {
      lines.push(`# HELP ${name} ${escapeHelp(family.help, format === 'openmetrics')}`);
    }
    lines.push(`# TYPE ${name} ${formatType(family.type, format)}`);
    if (family.unit !== undefined && format === 'openmetrics') lines.push(`# UNIT ${name} ${family.unit}`);
    for (const sample of family.samples) lines.push(formatSample(sample, format));
  }
  if (format === 'openmetrics') lines.push('# EOF');
  return lines.map((line) => `${line}\n`).join('');
}

/** Prometheus text has five types: what it lacks is written as its nearest, as the client libraries do. */
function formatType(type: MetricType, format: ExpositionFormat): string {
  if (format === 'openmetrics') return type;
  switch (type) {
    case 'unknown':
    case 'gaugehistogram':
      return 'untyped';
    case 'info':
    case 'stateset':
      return 'gauge';
    case 'counter':
    case 'gauge':
    case 'histogram':
    case 'summary':
      return type;
    default:
      throw new Error(`Unknown type: ${String(type satisfies never)}`);
  }
}

function formatSample(sample: Sample, format: ExpositionFormat): string {
  const timestamp = sample.timestampMs === undefined ? '' : ` ${formatTimestamp(sample.timestampMs, format)}`;
  const exemplar =
    sample.exemplar === undefined || format === 'text' ? '' : ` # ${formatExemplar(sample.exemplar)}`;
  return `${formatSeries(sample.name, sample.labels)} ${formatNumber(sample.value)}${timestamp}${exemplar}`;
}

function formatExemplar({ labels, value, timestampMs }: Exemplar): string {
  const timestamp = timestampMs === undefined ? '' : ` ${formatTimestamp(timestampMs, 'openmetrics')}`;
  // A series without labels has no braces; an exemplar always has them.
  const braces = labels.length === 0 ? '{}' : formatSeries('a', labels).slice(1);
  return `${braces} ${formatNumber(value)}${timestamp}`;
}

/** Whole milliseconds, or seconds with as many decimals as the milliseconds need. */
function formatTimestamp(timestampMs: number, format: ExpositionFormat): string {
  if (format === 'text') return String(timestampMs);
  const magnitude = Math.abs(timestampMs);
  const rest = magnitude % 1000;
  const decimals = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
  return `${timestampMs < 0 ? '-' : ''}${Math.floor(magnitude / 1000)}${decimals}`;
}
