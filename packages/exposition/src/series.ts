import { escapeValue } from './escape.ts';
import type { Label } from './exposition.ts';

/** What a sample belongs to: its name and its labels, in canonical form. */
export interface Series {
  readonly name: string;
  /** Sorted by name (UTF-16 code units). A label with an empty value is no label, and is left out. */
  readonly labels: readonly Label[];
  /** The canonical text, the same for the same series: `up{instance="a",job="b"}`. */
  readonly key: string;
}

/** Makes a series of a name and labels in any order. The names of the labels must differ. */
export function createSeries(name: string, labels: readonly Label[]): Series {
  const sorted = isCanonical(labels)
    ? labels
    : labels.filter(({ value }) => value !== '').sort((a, b) => (a.name < b.name ? -1 : 1));
  return { name, labels: sorted, key: formatSeries(name, sorted) };
}

/** Whether labels already stand in their canonical order, none of them empty. */
export function isCanonical(labels: readonly Label[]): boolean {
  for (let i = 0; i < labels.length; i += 1) {
    const label = labels[i] as Label;
    if (label.value === '' || (i > 0 && label.name <= (labels[i - 1] as Label).name)) return false;
  }
  return true;
}

const LEGACY_METRIC_NAME = /^[A-Za-z_:][A-Za-z0-9_:]*$/;
const LEGACY_LABEL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Writes a series as it stands in a text; a name beyond ASCII letters, digits and underscores is quoted. */
export function formatSeries(name: string, labels: readonly Label[]): string {
  const isPlain = LEGACY_METRIC_NAME.test(name);
  if (isPlain && labels.length === 0) return name;
  const parts = labels.map((label) => `${formatLabelName(label.name)}="${escapeValue(label.value)}"`);
  return isPlain ? `${name}{${parts.join(',')}}` : `{${[`"${escapeValue(name)}"`, ...parts].join(',')}}`;
}

/** Writes the name of a metric for a `# TYPE` line or a sample without labels. */
export function formatMetricName(name: string): string {
  return LEGACY_METRIC_NAME.test(name) ? name : `"${escapeValue(name)}"`;
}

function formatLabelName(name: string): string {
  return LEGACY_LABEL_NAME.test(name) ? name : `"${escapeValue(name)}"`;
}
