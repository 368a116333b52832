import { InvalidLabelsError } from '../errors.ts';

/** A label's name and value. */
export type Label = readonly [name: string, value: string];

declare const labelsBrand: unique symbol;

/**
 * A set of labels in canonical form: names are unique and sorted by code unit, `__name__` (the metric) among
 * them. Two sets are the same series when `formatLabels` gives the same text.
 */
export type Labels = readonly Label[] & { readonly [labelsBrand]: true };

/** The label that carries the name of the metric. */
export const METRIC_NAME = '__name__';

export const NO_LABELS: Labels = Object.freeze([]) as unknown as Labels;

/**
 * Brings labels into canonical form. An empty value is kept: it hides the source's label of that name, which
 * is how a target says, under `honor_labels`, that it has none.
 * @throws InvalidLabelsError for an empty name or one that occurs twice.
 */
export function makeLabels(labels: Iterable<Label> | Readonly<Record<string, string>>): Labels {
  const list = isIterable(labels) ? Array.from(labels) : Object.entries(labels);
  list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [index, [name]] of list.entries()) {
    if (name === '') throw new InvalidLabelsError('a label has no name: a name has at least one character');
    if (name === list[index - 1]?.[0]) {
      throw new InvalidLabelsError(`the label '${name}' occurs twice: a series has each label once`);
    }
  }
  return list as readonly Label[] as Labels;
}

/** The value of a label, or an empty text: to Prometheus a label without a value and no label are the same. */
export function labelValue(labels: Labels, name: string): string {
  for (const [candidate, value] of labels) if (candidate === name) return value;
  return '';
}

/**
 * What a series is called in full: its own labels and those of the source that exposed it. Where both have a
 * label, the series' own wins. Labels with an empty value are left out.
 */
export function joinLabels(own: Labels, source: Labels): Labels {
  const names = new Set(own.map(([name]) => name));
  const joined = [...own, ...source.filter(([name]) => !names.has(name))];
  return makeLabels(joined.filter(([, value]) => value !== ''));
}

function isIterable(labels: object): labels is Iterable<Label> {
  return Symbol.iterator in labels;
}
