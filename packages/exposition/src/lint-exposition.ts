import { ExpositionError } from './exposition-error.ts';
import type { ExpositionFormat } from './exposition.ts';
import type { ExpositionLimits } from './limits.ts';
import { LineReader } from './line/line-reader.ts';
import { toBytes } from './parse-exposition.ts';
import { StrictRules } from './strict/strict-rules.ts';

export interface LintOptions {
  /** Default `text`. */
  readonly format?: ExpositionFormat;
  readonly limits?: ExpositionLimits;
  /** Default true: everything that the format forbids is named, not only what cannot be read. */
  readonly isStrict?: boolean;
  /** Stops after so many problems, by default 100: a binary file has one on every line. */
  readonly maxProblems?: number;
}

/** Reads a whole text and lists what is wrong with it, in the order of the text: at most one fault of grammar on a line. */
export function lintExposition(
  text: string | Uint8Array,
  { format = 'text', limits, isStrict = true, maxProblems = 100 }: LintOptions = {},
): readonly ExpositionError[] {
  const problems: ExpositionError[] = [];
  try {
    const reader = new LineReader(toBytes(text), { format, isStrict, ...(limits ? { limits } : {}) });
    reader.decode(true);
    lintLines(reader, problems, maxProblems);
  } catch (error) {
    problems.push(toProblem(error));
  }
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, maxProblems);
}

function lintLines(reader: LineReader, problems: ExpositionError[], maxProblems: number): void {
  const rules = new StrictRules(reader, (problem) => problems.push(problem));
  let samples = 0;
  let hasEnd = false;
  while (problems.length < maxProblems) {
    try {
      const kind = reader.next();
      if (kind === undefined) break;
      if (hasEnd) reader.fail('nothing may follow # EOF', reader.lineStart);
      if (kind === 'sample') samples += 1;
      if (samples > reader.limits.maxSamples) {
        reader.fail(`the text has more than ${reader.limits.maxSamples} samples`, reader.lineStart, 'limit');
      }
      hasEnd ||= kind === 'eof';
      if (reader.isStrict) rules.addLine(kind);
    } catch (error) {
      const problem = toProblem(error);
      problems.push(problem);
      // After these two the rest of the text says nothing more.
      if (hasEnd || problem.code === 'limit') return;
      reader.skipFaultyLine();
    }
  }
  if (reader.isStrict) rules.finish();
  if (reader.format === 'openmetrics' && !hasEnd && problems.length < maxProblems) {
    problems.push(
      new ExpositionError(
        'syntax',
        'expected # EOF as the last line, found the end of the text',
        reader.locate(reader.end),
      ),
    );
  }
}

/** Anything else than a fault of the text is a fault of this package, and goes on up. */
function toProblem(error: unknown): ExpositionError {
  if (error instanceof ExpositionError) return error;
  throw error;
}
