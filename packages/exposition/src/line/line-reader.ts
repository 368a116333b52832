import type { Exemplar, ExpositionFormat, Label } from '../exposition.ts';
import { hasSameBytes } from '../scrape/same-bytes.ts';
import { hashBytes } from '../scrape/series-table.ts';
import type { SeriesTable } from '../scrape/series-table.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { ExpositionLimits } from '../limits.ts';
import { CR, HASH, LF, NAME_PART, NAME_START, OPEN_BRACE, SPACE, TAB } from './character.ts';
import { Cursor } from './cursor.ts';
import { isEndMark, readComment } from './read-comment.ts';
import type { Comment, CommentRules } from './read-comment.ts';
import { readLabels } from './read-labels.ts';
import type { LabelRules } from './read-labels.ts';
import { readNumber } from './read-number.ts';
import { readBareName } from './read-text.ts';
import { PlainSeries, scanPlainSeries } from './scan-plain-series.ts';
import { readTimestampMs } from './read-timestamp.ts';

export interface LineReaderOptions {
  readonly format: ExpositionFormat;
  readonly limits?: ExpositionLimits;
  /** Refuses what is only accepted out of kindness; see the README. */
  readonly isStrict?: boolean;
  /** Passes over comments unread, but for `# EOF`: they say nothing about values. */
  readonly skipsComments?: boolean;
}

export type LineKind = 'sample' | 'blank' | Comment['kind'];

const NO_LABELS: readonly Label[] = [];
const COMMENT: Comment = { kind: 'comment' };

/**
 * Reads one line after the other. It is the grammar of both formats and knows nothing of families; what it read
 * stands in its fields until the next line, so that reading makes no object for each line.
 */
export class LineReader extends Cursor {
  readonly format: ExpositionFormat;
  readonly isStrict: boolean;
  readonly limits: ExpositionLimits;
  /** The comment last read. */
  comment: Comment = COMMENT;
  /** The sample last read: its series, then what {@link readValue} found. */
  sampleName = '';
  labels: readonly Label[] = NO_LABELS;
  value = 0;
  /** NaN where the sample has no timestamp. */
  timestampMs = Number.NaN;
  exemplar: Exemplar | undefined;
  /** Where the line last read starts, where its series ends, and where its value starts. */
  lineStart = 0;
  seriesStart = 0;
  seriesEnd = 0;
  valueStart = 0;
  /** Series by their texts: where a line begins with such a text, its labels are not read again. */
  known: SeriesTable | undefined;
  /** The column of the known series of the sample last read, or -1; its name and labels are not read then. */
  recalled = -1;
  /** The hash of the series' text, where that is plain. */
  seriesHash = 0;
  /** Whether the series is written as client libraries do; then a hash of its text is known. */
  isPlain = true;
  readonly #skipsComments: boolean;
  readonly #plain: PlainSeries;
  /** The plain names last read, by their place in the line, and where each stood. */
  readonly #names: { readonly text: string; readonly start: number }[] = [];
  readonly #labelRules: LabelRules;
  readonly #commentRules: CommentRules;

  constructor(bytes: Uint8Array, options: LineReaderOptions) {
    const { format, limits = DEFAULT_LIMITS, isStrict = false, skipsComments = false } = options;
    super(bytes);
    this.format = format;
    this.limits = limits;
    this.isStrict = isStrict;
    this.#skipsComments = skipsComments;
    this.#plain = new PlainSeries(limits.maxLabels);
    this.#labelRules = { limits, isStrict, allowsBlanks: format === 'text' };
    this.#commentRules = { format, isStrict, maxNameBytes: limits.maxNameBytes };
    if (bytes.byteLength > limits.maxBytes) {
      this.fail(`the text has ${bytes.byteLength} bytes; at most ${limits.maxBytes} are allowed`, 0, 'limit');
    }
  }

  /** Reads a line; gives undefined at the end of the text. */
  next(): LineKind | undefined {
    if (this.at >= this.end) return undefined;
    this.lineStart = this.at;
    this.#skipStrictly('a line');
    if (this.isAtLineEnd()) {
      if (this.isStrict && this.format === 'openmetrics') this.fail('OpenMetrics has no empty lines');
      this.#endLine();
      return 'blank';
    }
    if (this.peek() === HASH) {
      this.at += 1;
      if (this.#skipsComments && !(this.format === 'openmetrics' && isEndMark(this))) {
        this.skipLine();
        return 'comment';
      }
      this.comment = readComment(this, this.#commentRules);
      this.#endLine();
      return this.comment.kind;
    }
    this.readSeries();
    this.readSeparator();
    this.readValue();
    return 'sample';
  }

  /** Goes on after a line that could not be read. */
  skipFaultyLine(): void {
    this.at = this.lineStart;
    this.skipLine();
  }

  /** Reads the name and the labels of a sample. */
  readSeries(): void {
    this.seriesStart = this.at;
    this.labels = NO_LABELS;
    this.isPlain = this.#readPlainSeries();
    if (this.isPlain) return;
    if (this.peek() === OPEN_BRACE) {
      const { name, labels } = readLabels(this, this.#labelRules);
      if (name === undefined) {
        this.expect('a metric name before the braces, or a quoted one first between them', this.seriesStart);
      }
      this.sampleName = name;
      this.labels = labels;
    } else {
      this.sampleName = readBareName(this, NAME_START, NAME_PART, 'a metric name');
      if (this.at - this.seriesStart > this.limits.maxNameBytes) {
        const length = this.at - this.seriesStart;
        this.fail(
          `the name has ${length} bytes; at most ${this.limits.maxNameBytes} are allowed`,
          this.seriesStart,
          'limit',
        );
      }
      this.#readLabelsAfterName();
    }
    this.seriesEnd = this.at;
  }

  /** Skips to the value. */
  readSeparator(): void {
    const before = this.at;
    this.#skipStrictly('the value', 1);
    // Only braces may touch the value: after a bare name the value would belong to the name.
    if (this.at === before && this.labels === NO_LABELS) this.expect('a blank and a value, or "{"');
    this.valueStart = this.at;
  }

  /** Reads what follows the series, its line end included: the value, a timestamp, an exemplar. */
  readValue(): void {
    this.value = readNumber(this);
    this.timestampMs = Number.NaN;
    this.exemplar = undefined;
    if (this.at < this.end && this.bytes[this.at] === LF) {
      this.at += 1;
      return;
    }
    this.#readAfterValue();
  }

  /** The usual case in a single pass; whatever it is not sure of it leaves to the grammar. */
  #readPlainSeries(): boolean {
    const plain = this.#plain;
    this.recalled = -1;
    const end = scanPlainSeries(this.bytes, this.at, this.end, plain);
    if (end < 0 || plain.nameEnd - this.at > this.limits.maxNameBytes) return false;
    this.seriesHash = hashBytes(this.view, this.at, end);
    this.recalled = this.known?.find(this.view, this.at, end, this.seriesHash) ?? -1;
    if (this.recalled < 0 && !this.#takePlainSeries(plain)) return false;
    this.at = end;
    this.seriesEnd = end;
    return true;
  }

  #takePlainSeries({ nameEnd, count, marks }: PlainSeries): boolean {
    const labels: Label[] = [];
    for (let i = 0; i < count; i += 1) {
      const start = marks[3 * i] as number;
      const end = marks[3 * i + 1] as number;
      const valueEnd = marks[3 * i + 2] as number;
      if (end - start > this.limits.maxNameBytes || valueEnd - end > this.limits.maxValueBytes) return false;
      const name = this.#sliceName(i + 1, start, end);
      if (name === '__name__') return false;
      for (let j = 0; j < i; j += 1) if (labels[j]?.name === name) return false;
      labels.push({ name, value: this.slice(end + 2, valueEnd) });
    }
    this.sampleName = this.#sliceName(0, this.at, nameEnd);
    this.labels = labels;
    return true;
  }

  /**
   * A name, in its place of the line (0 for the metric's, then the labels'). Mostly it is the one of the line before,
   * and comparing costs a third of making a string.
   */
  #sliceName(place: number, start: number, end: number): string {
    const before = this.#names[place];
    const length = end - start;
    if (before?.text.length === length && hasSameBytes(this.view, start, this.view, before.start, length)) {
      return before.text;
    }
    const text = this.slice(start, end);
    this.#names[place] = { text, start };
    return text;
  }

  #readLabelsAfterName(): void {
    let at = this.at;
    while (this.bytes[at] === SPACE || this.bytes[at] === TAB) at += 1;
    if (at >= this.end || this.bytes[at] !== OPEN_BRACE) return;
    if (this.isStrict && this.format === 'openmetrics' && at > this.at) {
      this.fail('OpenMetrics has no blank here');
    }
    this.at = at;
    const { name, labels } = readLabels(this, this.#labelRules);
    if (name !== undefined) this.fail(`the sample has two names; ${JSON.stringify(name)} is the second`, at);
    this.labels = labels;
  }

  #readAfterValue(): void {
    if (!this.isAtLineEnd() && this.peek() !== SPACE && this.peek() !== TAB) {
      this.expect('a blank or the end of the line after the value');
    }
    let read = this.at;
    this.#skipStrictly('a timestamp', 1);
    if (!this.isAtLineEnd() && this.peek() !== HASH) {
      this.timestampMs = readTimestampMs(this, this.format);
      read = this.at;
      this.#skipStrictly('an exemplar', 1);
    }
    if (this.peek() === HASH) read = this.#readExemplar();
    this.#endLine(read);
  }

  /** Gives the place where it ends, before any blanks. */
  #readExemplar(): number {
    if (this.format === 'text') {
      this.expect('the end of the line; exemplars are OpenMetrics, and this is Prometheus text');
    }
    this.at += 1;
    this.#skipStrictly('the exemplar', 1);
    if (this.peek() !== OPEN_BRACE) this.expect('"{" before the labels of the exemplar');
    const start = this.at;
    const { name, labels } = readLabels(this, this.#labelRules);
    if (name !== undefined) this.fail('an exemplar has labels only, no name', start);
    this.#skipStrictly('the value of the exemplar', 1);
    const value = readNumber(this);
    const read = this.at;
    this.#skipStrictly('a timestamp', 1);
    if (this.isAtLineEnd()) {
      this.exemplar = { labels, value };
      return read;
    }
    this.exemplar = { labels, value, timestampMs: readTimestampMs(this, this.format) };
    return this.at;
  }

  /** Skips blanks. Strict OpenMetrics allows single spaces alone, and only where `most` is 1. */
  #skipStrictly(before: string, most = 0): void {
    const start = this.at;
    this.skipBlanks();
    if (!this.isStrict || this.format === 'text') return;
    if (this.at - start > most || (this.at > start && this.bytes[start] === TAB)) {
      this.fail(`OpenMetrics has ${most === 0 ? 'no blank' : 'a single space'} before ${before}`, start);
    }
  }

  /** Goes to the next line; what was read ends at `read`, and only blanks may follow. */
  #endLine(read = this.at): void {
    this.skipBlanks();
    if (!this.isAtLineEnd()) this.expect('the end of the line');
    if (this.isStrict) this.#checkLineEnd(read);
    this.at = Math.min(this.at + (this.bytes[this.at] === CR ? 2 : 1), this.end);
  }

  #checkLineEnd(read: number): void {
    if (this.format === 'openmetrics' && this.at > read)
      this.fail('OpenMetrics has no blank at the end of a line', read);
    if (this.at < this.end && this.bytes[this.at] !== LF) this.fail('a line ends in LF alone, not CR LF');
  }
}
