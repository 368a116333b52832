import type { ExpositionFormat, MetricType } from './exposition.ts';

/** The suffixes that samples of a type have; the empty one is the family's own name. */
const SUFFIXES = {
  text: {
    unknown: [''],
    counter: [''],
    gauge: [''],
    histogram: ['_bucket', '_sum', '_count'],
    summary: ['', '_sum', '_count'],
    gaugehistogram: ['_bucket', '_gsum', '_gcount'],
    info: [''],
    stateset: [''],
  },
  openmetrics: {
    unknown: [''],
    counter: ['_total', '_created'],
    gauge: [''],
    histogram: ['_bucket', '_count', '_sum', '_created'],
    summary: ['', '_count', '_sum', '_created'],
    gaugehistogram: ['_bucket', '_gcount', '_gsum'],
    info: ['_info'],
    stateset: [''],
  },
} as const satisfies Record<ExpositionFormat, Record<MetricType, readonly string[]>>;

const ALL_SUFFIXES = ['_bucket', '_count', '_sum', '_created', '_total', '_info', '_gcount', '_gsum'];

/** The suffixes that the samples of a family of this type may have. */
export function suffixesOf(type: MetricType, format: ExpositionFormat): readonly string[] {
  return SUFFIXES[format][type];
}

/** The suffix of a sample in a family, or undefined where the sample cannot belong to it. */
export function suffixIn(
  family: { readonly name: string; readonly type: MetricType },
  sampleName: string,
  format: ExpositionFormat,
): string | undefined {
  if (!sampleName.startsWith(family.name)) return undefined;
  const suffix = sampleName.slice(family.name.length);
  return suffixesOf(family.type, format).includes(suffix) ? suffix : undefined;
}

/** The names of the families that a sample may belong to, its own first. */
export function possibleFamilies(sampleName: string): readonly string[] {
  const shorter = ALL_SUFFIXES.filter(
    (suffix) => sampleName.endsWith(suffix) && sampleName.length > suffix.length,
  ).map((suffix) => sampleName.slice(0, -suffix.length));
  return [sampleName, ...shorter];
}
