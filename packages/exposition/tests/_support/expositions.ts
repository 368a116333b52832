import * as fc from 'fast-check';
import type { ExpositionFormat, Label, MetricFamily, MetricType, Sample } from '../../src/index.ts';

/** The characters that mean something to the grammar, and some of each length in UTF-8. */
const characters = [
  'a',
  'Z',
  '0',
  '_',
  ':',
  '.',
  ' ',
  '\t',
  '\n',
  '\r',
  '"',
  '\\',
  '{',
  '}',
  ',',
  '=',
  '#',
  'é',
  '花',
  '😱',
  '\u0000',
];
const text = fc.array(fc.constantFrom(...characters), { maxLength: 10 }).map((parts) => parts.join(''));
/** Names as people give them, and any other text that may stand in quotes. */
const metricName = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z_:][a-zA-Z0-9_:]{0,8}$/) },
  text.filter((name) => name !== ''),
);
const labelName = fc
  .oneof({ weight: 4, arbitrary: fc.stringMatching(/^[a-z_][a-zA-Z0-9_]{0,6}$/) }, text)
  .filter((name) => name !== '' && name !== '__name__');
const labels: fc.Arbitrary<readonly Label[]> = fc.uniqueArray(fc.record({ name: labelName, value: text }), {
  maxLength: 4,
  selector: ({ name }) => name,
});
const value = fc.oneof(
  fc.double(),
  fc.integer().map((n) => n / 1000),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE),
);
// Beyond the year 5000 a double of seconds is no longer exact to the millisecond.
const timestampMs = fc.integer({ min: -1e14, max: 1e14 });

const SUFFIXES: Record<ExpositionFormat, Partial<Record<MetricType, readonly string[]>>> = {
  text: {
    unknown: [''],
    counter: [''],
    gauge: [''],
    histogram: ['_bucket', '_sum', '_count'],
    summary: ['', '_sum', '_count'],
  },
  openmetrics: {
    unknown: [''],
    counter: ['_total', '_created'],
    gauge: [''],
    histogram: ['_bucket', '_sum', '_count', '_created'],
    summary: ['', '_sum', '_count', '_created'],
    gaugehistogram: ['_bucket', '_gsum', '_gcount'],
    info: ['_info'],
    stateset: [''],
  },
};

/** Whatever can be printed in a format: any names, labels and numbers, in families whose names are apart. */
export function expositions(format: ExpositionFormat): fc.Arbitrary<readonly MetricFamily[]> {
  const kinds = Object.entries(SUFFIXES[format]) as [MetricType, readonly string[]][];
  return fc.uniqueArray(
    fc
      .constantFrom(...kinds)
      .chain(([type, suffixes]) => metricName.chain((name) => family(format, name, type, suffixes))),
    { maxLength: 5, selector: ({ name }) => name },
  );
}

function family(
  format: ExpositionFormat,
  name: string,
  type: MetricType,
  suffixes: readonly string[],
): fc.Arbitrary<MetricFamily> {
  return fc.record(
    {
      name: fc.constant(name),
      type: fc.constant(type),
      // The blanks before a help text, and a CR after it, cannot be told from the separators of its line.
      help: text.map((help) => help.trim()),
      ...(format === 'openmetrics' ? { unit: fc.stringMatching(/^[a-z]{0,5}$/) } : {}),
      samples: fc.array(sample(format, name, suffixes), { maxLength: 4 }),
    },
    { requiredKeys: ['name', 'type', 'samples'] },
  );
}

function sample(format: ExpositionFormat, name: string, suffixes: readonly string[]): fc.Arbitrary<Sample> {
  const exemplar = fc.record({ labels, value, timestampMs }, { requiredKeys: ['labels', 'value'] });
  return fc.record(
    {
      name: fc.constantFrom(...suffixes).map((suffix) => name + suffix),
      labels,
      value,
      timestampMs,
      ...(format === 'openmetrics' ? { exemplar } : {}),
    },
    { requiredKeys: ['name', 'labels', 'value'] },
  );
}
