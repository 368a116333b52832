import type { MetricType } from '../exposition.ts';
import { ExpositionError } from '../exposition-error.ts';
import type { TextPosition } from '../exposition-error.ts';
import { possibleFamilies, suffixesOf, suffixIn } from '../family-names.ts';
import type { Comment } from '../line/read-comment.ts';
import type { LineKind, LineReader } from '../line/line-reader.ts';
import { FamilyMetrics } from './family-metrics.ts';
import { checkSample } from './sample-rules.ts';

export type Report = (problem: ExpositionError) => void;

type Metadata = Exclude<Comment, { readonly kind: 'comment' | 'eof' }>;

/** The family whose lines are being read. */
interface CurrentFamily {
  readonly name: string;
  type: MetricType;
  readonly said: Set<string>;
  hasSamples: boolean;
  readonly metrics: FamilyMetrics;
}

/** A type whose samples carry suffixes: a sample with another one beside it is a mistake, not a family of its own. */
const SUFFIXED: ReadonlySet<MetricType> = new Set([
  'counter',
  'histogram',
  'summary',
  'gaugehistogram',
  'info',
]);

/**
 * What the formats demand beyond their grammar: families in one piece, metadata once and first, names, values
 * and exemplars that fit the type, no sample twice. It sees the lines one by one and reports each fault.
 */
export class StrictRules {
  readonly #reader: LineReader;
  readonly #report: Report;
  #current: CurrentFamily | undefined;
  readonly #families = new Set<string>();
  /** Every name that a sample of a family may have, and the family it belongs to. */
  readonly #claims = new Map<string, string>();

  constructor(reader: LineReader, report: Report) {
    this.#reader = reader;
    this.#report = report;
  }

  /** Looks at the line that the reader has just read. */
  addLine(kind: LineKind): void {
    const { comment } = this.#reader;
    if (kind === 'sample') this.#addSample();
    else if (comment.kind === kind && comment.kind !== 'comment' && comment.kind !== 'eof') {
      this.#addMetadata(comment);
    }
  }

  /** Looks at what can only be judged at the end. */
  finish(): void {
    this.#close();
  }

  #addMetadata(comment: Metadata): void {
    const position = this.#position();
    const family = this.#current?.name === comment.name ? this.#current : this.#open(comment.name, position);
    const word = comment.kind.toUpperCase();
    if (family.said.has(comment.kind)) {
      this.#fault(`${comment.name} has a second # ${word} line; one is allowed`, position);
    }
    if (family.hasSamples) {
      this.#fault(
        `# ${word} ${comment.name} stands after samples of the family; it belongs before them`,
        position,
      );
    }
    family.said.add(comment.kind);
    if (comment.kind === 'type' && !family.hasSamples) {
      family.type = comment.type;
      family.metrics.type = comment.type;
      this.#claim(family, position);
    }
    if (comment.kind === 'unit') this.#checkUnit(comment.name, comment.unit, family.type, position);
  }

  #addSample(): void {
    const { sampleName, format } = this.#reader;
    const position = this.#position();
    let family = this.#current;
    let suffix = family ? suffixIn(family, sampleName, format) : undefined;
    if (family !== undefined && suffix === undefined && this.#isMisnamed(family, sampleName)) {
      const names = suffixesOf(family.type, format).map((end) => `${family?.name}${end}`);
      this.#fault(
        `${sampleName} is no sample of the ${family.type} ${family.name}; its samples are ${names.join(', ')}`,
        position,
      );
      return;
    }
    if (family === undefined || suffix === undefined) {
      family = this.#open(sampleName, position);
      this.#claim(family, position);
      suffix = '';
    }
    family.hasSamples = true;
    checkSample(this.#reader, family, suffix, (problem) => this.#fault(problem, position));
    family.metrics.addSample(this.#reader, suffix, position);
  }

  #isMisnamed(family: CurrentFamily, sampleName: string): boolean {
    if (sampleName === family.name) return true;
    return SUFFIXED.has(family.type) && possibleFamilies(sampleName).includes(family.name);
  }

  #open(name: string, position: TextPosition): CurrentFamily {
    this.#close();
    if (this.#families.has(name)) {
      this.#fault(`the family ${name} stands in more than one place; its lines belong together`, position);
    }
    this.#families.add(name);
    this.#current = {
      name,
      type: 'unknown',
      said: new Set(),
      hasSamples: false,
      metrics: new FamilyMetrics(name, this.#report),
    };
    return this.#current;
  }

  #close(): void {
    this.#current?.metrics.finish();
    this.#current = undefined;
  }

  #claim(family: CurrentFamily, position: TextPosition): void {
    for (const suffix of new Set(['', ...suffixesOf(family.type, this.#reader.format)])) {
      const name = family.name + suffix;
      const owner = this.#claims.get(name);
      if (owner !== undefined && owner !== family.name) {
        this.#fault(`the families ${owner} and ${family.name} both have samples named ${name}`, position);
      }
      this.#claims.set(name, family.name);
    }
  }

  #checkUnit(name: string, unit: string, type: MetricType, position: TextPosition): void {
    if (unit === '') return;
    if (!name.endsWith(`_${unit}`)) {
      this.#fault(`the unit of ${name} is ${unit}, so its name must end in _${unit}`, position);
    }
    if (type === 'info' || type === 'stateset')
      this.#fault(`${name} is of type ${type}, which has no unit`, position);
  }

  #position(): TextPosition {
    return this.#reader.locate(this.#reader.lineStart);
  }

  #fault(problem: string, position: TextPosition): void {
    this.#report(new ExpositionError('rule', problem, position));
  }
}
