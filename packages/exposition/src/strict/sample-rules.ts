import type { Exemplar, Label, MetricType } from '../exposition.ts';
import type { LineReader } from '../line/line-reader.ts';
import { formatNumber } from '../format-number.ts';

const MAX_EXEMPLAR_CHARACTERS = 128;

/** Checks what one sample says by itself: its value, the labels that its type needs, its exemplar. */
export function checkSample(
  reader: LineReader,
  family: { readonly name: string; readonly type: MetricType },
  suffix: string,
  fault: (problem: string) => void,
): void {
  const { value, labels, exemplar, sampleName } = reader;
  const shown = formatNumber(value);
  if (isCumulative(family.type, suffix) && !(value >= 0)) {
    fault(`${sampleName} is ${shown}; what only counts up is never negative and never NaN`);
  }
  if (suffix === '_bucket') checkBound(labels, 'le', fault);
  if (family.type === 'summary' && suffix === '') checkQuantile(labels, value, fault);
  if (family.type === 'info' && value !== 1) fault(`${sampleName} is ${shown}; the value of an info is 1`);
  if (family.type === 'stateset') {
    if (value !== 0 && value !== 1) fault(`${sampleName} is ${shown}; a state is 0 or 1`);
    if (!labels.some(({ name }) => name === family.name)) {
      fault(`${sampleName} lacks the label ${family.name}, which names the state`);
    }
  }
  if (exemplar !== undefined) checkExemplar(exemplar, family.type, suffix, fault);
}

/** Samples that never go down; those of a gauge histogram may. */
function isCumulative(type: MetricType, suffix: string): boolean {
  if (type === 'counter') return true;
  return (type === 'histogram' || type === 'summary') && (suffix === '_bucket' || suffix === '_count');
}

function checkBound(labels: readonly Label[], name: string, fault: (problem: string) => void): void {
  const label = labels.find((label) => label.name === name);
  if (label === undefined) fault(`a bucket needs the label ${name}, its upper bound`);
  else if (Number.isNaN(parseBound(label.value)))
    fault(`${name}="${label.value}" is no upper bound of a bucket`);
}

function checkQuantile(labels: readonly Label[], value: number, fault: (problem: string) => void): void {
  const label = labels.find(({ name }) => name === 'quantile');
  if (label === undefined) return fault('a sample of a summary without suffix needs the label quantile');
  const quantile = parseBound(label.value);
  if (!(quantile >= 0 && quantile <= 1)) fault(`quantile="${label.value}" is not between 0 and 1`);
  if (value < 0) fault(`the quantile ${label.value} is ${formatNumber(value)}; it is never negative`);
}

function checkExemplar(
  { labels }: Exemplar,
  type: MetricType,
  suffix: string,
  fault: (problem: string) => void,
): void {
  const isAllowed =
    (type === 'counter' && suffix === '_total') ||
    ((type === 'histogram' || type === 'gaugehistogram') && suffix === '_bucket');
  if (!isAllowed) fault('an exemplar may stand on the _total of a counter or a _bucket of a histogram alone');
  let characters = 0;
  for (const { name, value } of labels) characters += Array.from(name).length + Array.from(value).length;
  if (characters > MAX_EXEMPLAR_CHARACTERS) {
    fault(
      `the labels of the exemplar have ${characters} characters; at most ${MAX_EXEMPLAR_CHARACTERS} are allowed`,
    );
  }
}

/** The number of a `le` or `quantile` label, NaN where it is none. */
export function parseBound(text: string): number {
  if (text === '+Inf') return Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}
