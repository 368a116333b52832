import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSeries,
  ExpositionError,
  formatNumber,
  formatSeries,
  lintExposition,
  parseExposition,
  printExposition,
  ScrapeParser,
} from '../src/index.ts';
import { expositions } from './_support/expositions.ts';
import { readRecording, SAMPLE } from './_support/recording.ts';

/** `EXPOSITION_CASES=1000` makes each property run a thousand times as long. */
const RUNS = 200 * Number(process.env['EXPOSITION_CASES'] ?? 1);
const FORMATS = ['text', 'openmetrics'] as const;

describe('parseExposition and printExposition', () => {
  it.each(FORMATS)('should always read back what was printed in %s', (format) => {
    fc.assert(
      fc.property(expositions(format), (families) => {
        expect(parseExposition(printExposition(families, { format }), { format })).toEqual(families);
      }),
      { numRuns: RUNS },
    );
  });

  it('should read back every sample of a recording, and print it the same again', () => {
    for (const body of readRecording(SAMPLE)) {
      const families = parseExposition(body);
      expect(families.flatMap(({ samples }) => samples)).toHaveLength(550);
      expect(parseExposition(printExposition(families))).toEqual(families);
    }
  });

  it('should always read a number exactly as the runtime does', () => {
    const digits = fc.stringMatching(/^[0-9]{0,25}$/);
    const decimals = fc
      .tuple(
        fc.constantFrom('', '-', '+'),
        digits,
        digits,
        fc.option(fc.integer({ min: -340, max: 340 }), { nil: undefined }),
      )
      .filter(([, whole, fraction]) => whole + fraction !== '')
      .map(
        ([sign, whole, fraction, exponent]) =>
          `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}${exponent === undefined ? '' : `e${exponent}`}`,
      );
    fc.assert(
      fc.property(fc.oneof(decimals, fc.double({ noNaN: true }).map(formatNumber)), (text) => {
        const value = parseExposition(`a ${text}\n`)[0]?.samples[0]?.value;
        expect(value).toBe(Number(text.replace('Inf', 'Infinity')));
      }),
      { numRuns: 5 * RUNS },
    );
  });
});

describe('the parsers', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'a',
      'a{',
      'b="',
      '"',
      '}',
      ',',
      '=',
      ' ',
      '\n',
      '\r\n',
      '\\',
      '# ',
      'HELP ',
      'TYPE ',
      'UNIT ',
      'EOF',
      'gauge',
      '1',
      '-',
      '.',
      'e5',
      'NaN',
      '{',
      '\t',
      '1e',
      ' # {',
      'ü',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join(''))),
    fc.uint8Array({ maxLength: 40 }),
    mutations(),
  );

  it.each(FORMATS)('should never fail in %s other than with a typed error that has a place', (format) => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isStrict) => {
        for (const read of [
          () => parseExposition(text, { format, isStrict }),
          () => new ScrapeParser().parse(text, format),
        ]) {
          try {
            read();
          } catch (error) {
            expect(error).toBeInstanceOf(ExpositionError);
            const { line, column } = error as ExpositionError;
            expect(line).toBeGreaterThanOrEqual(1);
            expect(column).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(Buffer.from(text).toString('latin1').split('\n').length);
          }
        }
      }),
      { numRuns: 5 * RUNS },
    );
  });

  it('should always list a problem where the strict parser refuses, and none where it does not', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...FORMATS), (text, format) => {
        const problems = lintExposition(text, { format });
        let refusal: ExpositionError | undefined;
        try {
          parseExposition(text, { format, isStrict: true });
        } catch (error) {
          refusal = error as ExpositionError;
        }
        expect(problems.length > 0).toBe(refusal !== undefined);
      }),
      { numRuns: 3 * RUNS },
    );
  });
});

describe('formatSeries', () => {
  it('should always be read back as the same series, whatever the order of the labels', () => {
    fc.assert(
      fc.property(expositions('text'), (families) => {
        for (const { name, labels } of families.flatMap(({ samples }) => samples)) {
          const series = createSeries(name, labels);
          const [read] = parseExposition(`${formatSeries(name, labels.toReversed())} 1\n`).flatMap(
            ({ samples }) => samples,
          );
          expect(createSeries(read?.name ?? '', read?.labels ?? [])).toEqual(series);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** A real text with a few bytes changed. */
function mutations(): fc.Arbitrary<Uint8Array> {
  const body = (readRecording(SAMPLE)[0] as Buffer).subarray(0, 3000);
  return fc
    .array(fc.tuple(fc.nat({ max: body.length - 1 }), fc.nat({ max: 255 })), { maxLength: 4 })
    .map((changes) => {
      const copy = Buffer.from(body);
      for (const [at, byte] of changes) copy[at] = byte;
      return copy;
    });
}
