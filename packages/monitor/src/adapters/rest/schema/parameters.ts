import { InvalidSelectorError, parseSelector, type Matcher } from '@daywatch/series';
import { z } from 'zod';
import { readInstant } from '../read-instant.ts';
import { abbreviate } from '../validate.ts';

/** Longer than any name or domain is. */
const MAX_TEXT = 16_384;

/** What the documentation says of a parameter. */
type Described = {
  readonly description: string;
  readonly example?: unknown;
};

/** A parameter that is read by a function, whose RangeError says what is wrong with it. */
function read<T>(parse: (text: string) => T, meta: Described & { readonly [key: string]: unknown }) {
  return z
    .string()
    .transform((text, context): T => {
      try {
        return parse(checkText(text));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
        return z.NEVER;
      }
    })
    .meta(meta);
}

/** An empty filter is a mistake more often than a wish; and no text that is stored has half a character in it. */
function checkText(text: string): string {
  if (text === '') throw new RangeError('is empty; leave it out, or give a value');
  if (text.length > MAX_TEXT) {
    throw new RangeError(`has ${text.length} characters; allowed are ${MAX_TEXT}`);
  }
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new RangeError(
      `'${abbreviate(text)}' has a character that is not allowed: U+0000, or half of a surrogate pair`,
    );
  }
  return text;
}

export function text(meta: Described) {
  return read((given) => given, meta);
}

/**
 * A `+` in a query means a blank, which no RFC 3339 text has before its offset: people who type the offset
 * unescaped are understood.
 */
export function instant(meta: Described) {
  return read((given) => readInstant(given.replace(/ (?=\d{2}:\d{2}$)/, '+')), {
    ...meta,
    format: 'date-time',
  });
}

export function wholeNumber({
  min,
  max,
  ...meta
}: Described & { readonly min: number; readonly max: number }) {
  const parse = (given: string): number => {
    const value = /^\d{1,9}$/.test(given) ? Number(given) : NaN;
    if (value >= min && value <= max) return value;
    throw new RangeError(
      `'${abbreviate(given)}' is not allowed; allowed are whole numbers from ${min} to ${max}`,
    );
  };
  return read(parse, { ...meta, type: 'integer', minimum: min, maximum: max });
}

export function choice<const T extends string>(choices: readonly T[], meta: Described) {
  const parse = (given: string): T => {
    const found = choices.find((each) => each === given);
    if (found !== undefined) return found;
    throw new RangeError(`'${abbreviate(given)}' is not allowed; allowed is ${choices.join(' or ')}`);
  };
  return read(parse, { ...meta, enum: [...choices] });
}

/** Any selector: `up`, `up{job="a"}`, `{__name__=~"go_.*",instance!="b"}`. */
export function selector(meta: Described) {
  return read(readSelector, meta);
}

/** A metric, or a series with labels, each of which has to be equal. */
export function seriesName(meta: Described) {
  const parse = (given: string): readonly Matcher[] => {
    const matchers = readSelector(given);
    const other = matchers.find(({ operator }) => operator !== '=');
    if (other) {
      throw new RangeError(
        `'${abbreviate(given)}' has ${other.name}${other.operator}; allowed is = alone, as in go_gc_duration_seconds{quantile="0.75"}`,
      );
    }
    return matchers;
  };
  return read(parse, meta);
}

function readSelector(given: string): readonly Matcher[] {
  try {
    const matchers = parseSelector(given);
    // Escapes can spell what the text itself may not have.
    for (const { name, value } of matchers)
      for (const each of [name, value]) if (each !== '') checkText(each);
    return matchers;
  } catch (error) {
    if (!(error instanceof InvalidSelectorError)) throw error;
    throw new RangeError(`'${abbreviate(given)}' is no selector: ${error.message}`, { cause: error });
  }
}
