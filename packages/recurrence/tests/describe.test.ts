import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeRule, LOCALES, parseRule } from '../src/index.ts';
import type { RecurrenceRule } from '../src/index.ts';
import { ruleTexts } from './_support/rule-texts.ts';

/** The same rule without one of its parts. */
function leaveOut(rule: RecurrenceRule, part: keyof RecurrenceRule): RecurrenceRule {
  switch (part) {
    case 'bound':
      return { ...rule, bound: { kind: 'never' } };
    case 'interval':
      return { ...rule, interval: 1 };
    case 'skip':
      return { ...rule, skip: 'OMIT' };
    default:
      return { ...rule, [part]: [] };
  }
}

const PARTS = [
  'interval',
  'bound',
  'byMonth',
  'byWeekNo',
  'byYearDay',
  'byMonthDay',
  'byDay',
  'byHour',
  'byMinute',
  'bySecond',
  'bySetPos',
  'skip',
] as const;

describe('describeRule', () => {
  it('should never leave out a part, nor a value of a part, in any language', () => {
    fc.assert(
      fc.property(ruleTexts({ withSkip: true, maxInterval: 50 }), (text) => {
        const rule = parseRule(text);
        for (const locale of LOCALES) {
          const words = describeRule(rule, locale);
          for (const part of PARTS) {
            const shorter = leaveOut(rule, part);
            if (JSON.stringify(shorter) !== JSON.stringify(rule)) {
              expect([text, part, describeRule(shorter, locale)]).not.toEqual([text, part, words]);
            }
            const list = rule[part];
            if (Array.isArray(list) && list.length > 1) {
              const fewer = { ...rule, [part]: list.slice(1) };
              expect([text, part, describeRule(fewer, locale)]).not.toEqual([text, part, words]);
            }
          }
          expect(words).not.toMatch(/undefined|NaN| {2}/);
        }
      }),
      { numRuns: 600 },
    );
  });
});
