import { formatLabels } from '../labels/format-labels.ts';
import { labelValue } from '../labels/labels.ts';
import type { FoundSeries } from './series-reader.ts';

/** In the order of their texts. */
export function sortSeries(series: readonly FoundSeries[]): readonly FoundSeries[] {
  const texts = new Map(series.map((each) => [each, formatLabels(each.labels)]));
  const textOf = (each: FoundSeries): string => texts.get(each) ?? '';
  return [...series].sort((a, b) => compareTexts(textOf(a), textOf(b)));
}

export function collectNames(series: Iterable<FoundSeries>): readonly string[] {
  const names = new Set<string>();
  for (const { labels } of series) for (const [name] of labels) names.add(name);
  return [...names].sort(compareTexts);
}

export function collectValues(series: Iterable<FoundSeries>, name: string): readonly string[] {
  const values = new Set<string>();
  for (const { labels } of series) values.add(labelValue(labels, name));
  values.delete('');
  return [...values].sort(compareTexts);
}

/** By code unit, whatever the locale. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
