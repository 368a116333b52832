import type { ExpositionFormat, MetricFamily, Sample } from './exposition.ts';
import type { ExpositionError } from './exposition-error.ts';
import { FamilyList } from './family-list.ts';
import type { ExpositionLimits } from './limits.ts';
import { LineReader } from './line/line-reader.ts';
import { StrictRules } from './strict/strict-rules.ts';

export interface ParseOptions {
  /** How the text is to be read; a Content-Type says it, see `parseContentType`. Default `text`. */
  readonly format?: ExpositionFormat;
  readonly limits?: ExpositionLimits;
  /** Refuses everything that the format forbids, by default false; see the README for what that means. */
  readonly isStrict?: boolean;
}

/**
 * Reads a text into families, in the order of the text. Throws an {@link ExpositionError} for the first fault.
 * Bytes are not copied, but nothing of the result refers to them.
 */
export function parseExposition(
  text: string | Uint8Array,
  { format = 'text', limits, isStrict = false }: ParseOptions = {},
): readonly MetricFamily[] {
  const reader = new LineReader(toBytes(text), { format, isStrict, ...(limits ? { limits } : {}) });
  reader.decode(true);
  const families = new FamilyList(format);
  const rules = isStrict ? new StrictRules(reader, throwProblem) : undefined;
  let samples = 0;
  let hasEnd = false;
  for (let kind = reader.next(); kind !== undefined; kind = reader.next()) {
    if (hasEnd) reader.fail('nothing may follow # EOF', reader.lineStart);
    rules?.addLine(kind);
    if (kind === 'sample') {
      samples += 1;
      if (samples > reader.limits.maxSamples) {
        reader.fail(`the text has more than ${reader.limits.maxSamples} samples`, reader.lineStart, 'limit');
      }
      families.ofSample(reader.sampleName).samples.push(takeSample(reader));
    } else if (kind === 'eof') {
      hasEnd = true;
    } else if (kind !== 'blank') {
      addComment(families, reader);
    }
  }
  if (format === 'openmetrics' && !hasEnd) reader.expect('# EOF as the last line', reader.end);
  rules?.finish();
  return families.toFamilies();
}

/** The bytes of a text; bytes are taken as they are. */
export function toBytes(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

function addComment(families: FamilyList, { comment }: LineReader): void {
  switch (comment.kind) {
    case 'help':
      families.ofComment(comment.name).help = comment.text;
      break;
    case 'type':
      families.ofComment(comment.name).type = comment.type;
      break;
    case 'unit':
      families.ofComment(comment.name).unit = comment.unit;
      break;
    case 'comment':
    case 'eof':
      break;
    default:
      throw new Error(`Unknown comment: ${String(comment satisfies never)}`);
  }
}

function takeSample({ sampleName, labels, value, timestampMs, exemplar }: LineReader): Sample {
  return {
    name: sampleName,
    labels,
    value,
    ...(Number.isNaN(timestampMs) ? {} : { timestampMs }),
    ...(exemplar === undefined ? {} : { exemplar }),
  };
}

function throwProblem(problem: ExpositionError): never {
  throw problem;
}
