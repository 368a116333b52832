import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRule, parseRule, RecurrenceError } from '../src/index.ts';
import { ruleTexts } from './_support/rule-texts.ts';

describe('parseRule and formatRule', () => {
  it('should always read back what was printed, and print it the same again', () => {
    fc.assert(
      fc.property(ruleTexts({ withSkip: true, maxInterval: 2_000_000 }), (text) => {
        const rule = parseRule(text);
        const printed = formatRule(rule);
        const again = parseRule(printed);
        expect(again).toEqual(rule);
        expect(formatRule(again)).toBe(printed);
      }),
      { numRuns: 3000 },
    );
  });

  it('should never fail other than with a typed error, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'FREQ=',
        'DAILY',
        'BYDAY=',
        '1MO',
        ';',
        ',',
        '=',
        '-',
        'UNTIL=',
        '20270101',
        'BYSETPOS=',
        '366',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        try {
          parseRule(text);
        } catch (error) {
          expect(error).toBeInstanceOf(RecurrenceError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
