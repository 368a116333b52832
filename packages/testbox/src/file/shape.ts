import { parseDurationMs } from '../text/duration.ts';
import { joinWords } from '../text/join-words.ts';
import { nearestWord } from '../text/nearest-word.ts';
import { splitTemplate } from '../template/template.ts';
import { describeFound } from './fault.ts';
import { addFault, INVALID, type Invalid, type Reading } from './reading.ts';
import type { SourceNode } from './source-node.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a value of the file must look like: reads it, says what is allowed, and tells editors. */
export interface Shape<T> {
  /** The end of the sentence "allowed is …". */
  readonly allowed: string;
  readonly jsonSchema: JsonSchema;
  /** Notes every fault; returns `INVALID` where there was one. */
  readonly read: (node: SourceNode, key: string, reading: Reading) => T | Invalid;
}

export type ValueOf<S> = S extends Shape<infer T> ? T : never;

export function refuse(
  node: SourceNode,
  key: string,
  reading: Reading,
  allowed: string,
  suggestion?: string,
): Invalid {
  addFault(reading, key, { found: describeFound(node), allowed, suggestion });
  return INVALID;
}

/** A scalar, as it was written. References in it are noted. */
export function text(allowed = 'text', { pattern }: { readonly pattern?: RegExp } = {}): Shape<string> {
  return {
    allowed,
    jsonSchema: {
      type: ['string', 'number', 'boolean'],
      ...(pattern && { pattern: pattern.source }),
    },
    read(node, key, reading) {
      if (node.kind !== 'scalar' || node.value === null || node.text === '')
        return refuse(node, key, reading, allowed);
      noteReferences(node.text, key, reading);
      // What a reference will stand for cannot be judged yet.
      if (pattern && !node.text.includes('${') && !pattern.test(node.text))
        return refuse(node, key, reading, allowed);
      return node.text;
    },
  };
}

/** Notes every `${…}` of a text, and the fault of one without an end. */
export function noteReferences(template: string, key: string, reading: Reading): void {
  const at = reading.positions.get(key) ?? { line: 1, column: 1 };
  for (const part of splitTemplate(template)) {
    if (part.kind === 'reference') reading.references.push({ ...at, key, text: part.text });
    if (part.kind === 'unclosed') {
      addFault(reading, key, {
        found: `found '\${${part.text.slice(0, 40)}' without an end`,
        allowed: '${name:network_address}, or $${ for the two signs themselves',
      });
    }
  }
}

/** One of some words, in any case. */
export function choice<const T extends string>(words: readonly T[]): Shape<T> {
  const allowed = joinWords(words);
  return {
    allowed,
    jsonSchema: { enum: words },
    read(node, key, reading) {
      const written = node.kind === 'scalar' && node.value !== null ? node.text : undefined;
      const word = words.find((word) => word.toLowerCase() === written?.toLowerCase());
      if (word !== undefined) return word;
      return refuse(node, key, reading, allowed, written && nearestWord(written, words));
    },
  };
}

export function integer(low: number, high: number): Shape<number> {
  const allowed = `a whole number from ${low} to ${high}`;
  return {
    allowed,
    jsonSchema: { type: 'integer', minimum: low, maximum: high },
    read(node, key, reading) {
      const value = node.kind === 'scalar' && node.text !== '' ? Number(node.text) : NaN;
      const isAllowed = Number.isInteger(value) && value >= low && value <= high;
      return isAllowed ? value : refuse(node, key, reading, allowed);
    },
  };
}

export function flag(): Shape<boolean> {
  const allowed = 'true or false';
  return {
    allowed,
    jsonSchema: { type: 'boolean' },
    read(node, key, reading) {
      if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
      return refuse(node, key, reading, allowed);
    },
  };
}

/** A length of time in milliseconds, longer than nothing. */
export function duration(): Shape<number> {
  const allowed = 'a length of time such as 500ms, 10s or 2m';
  return {
    allowed,
    jsonSchema: { type: 'string', pattern: String.raw`^(\d+h)?(\d+m)?(\d+(\.\d+)?s)?(\d+ms)?$` },
    read(node, key, reading) {
      const ms = node.kind === 'scalar' ? parseDurationMs(node.text) : undefined;
      return ms === undefined || ms === 0 ? refuse(node, key, reading, allowed) : ms;
    },
  };
}

/** What `shape` reads, turned into something else; `parse` returns undefined for what is not allowed. */
export function refine<T, U>(shape: Shape<T>, allowed: string, parse: (value: T) => U | undefined): Shape<U> {
  return {
    allowed,
    jsonSchema: shape.jsonSchema,
    read(node, key, reading) {
      const value = shape.read(node, key, reading);
      if (value === INVALID) return INVALID;
      return parse(value) ?? refuse(node, key, reading, allowed);
    },
  };
}
