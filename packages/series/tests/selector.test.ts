import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  compileMatcher,
  formatLabels,
  InvalidLabelsError,
  InvalidSelectorError,
  joinLabels,
  makeLabels,
  MAX_EXPRESSION_LENGTH,
  parseSelector,
  type Matcher,
} from '../src/index.ts';

const name = (value: string): Matcher => ({ name: '__name__', operator: '=', value });

describe('selectors', () => {
  it.each<readonly [string, readonly Matcher[]]>([
    ['up', [name('up')]],
    ['a:b_c{}', [name('a:b_c')]],
    ['{}', []],
    [' up { } ', [name('up')]],
    ['up{job="a"}', [name('up'), { name: 'job', operator: '=', value: 'a' }]],
    [
      'up { job != "a" , x=~`.+\\d`, y !~ \'b|c\', }',
      [
        name('up'),
        { name: 'job', operator: '!=', value: 'a' },
        { name: 'x', operator: '=~', value: '.+\\d' },
        { name: 'y', operator: '!~', value: 'b|c' },
      ],
    ],
    ['{"größe in µs","a b"="c"}', [name('größe in µs'), { name: 'a b', operator: '=', value: 'c' }]],
    ['{__name__=~"a.*"}', [{ name: '__name__', operator: '=~', value: 'a.*' }]],
    [
      String.raw`{a="\"\\\n\t\x41\u00e4\U0001F98A\101"}`,
      [{ name: 'a', operator: '=', value: '"\\\n\tAä🦊A' }],
    ],
  ])('should read %s', (text, matchers) => {
    expect(parseSelector(text)).toEqual(matchers);
  });

  it.each([
    ['', 0, 'expected a metric name or { at position 0, and found the end'],
    ['1up', 0, "expected a metric name or { at position 0, and found '1up'"],
    ['up{', 3, 'expected a label name or } at position 3, and found the end'],
    ['up{job}', 6, "expected =, !=, =~ or !~ at position 6, and found '}'"],
    ['up{job=a}', 7, "expected a value in quotes at position 7, and found 'a}'"],
    ['up{job="a}', 7, 'the text that begins at position 7 has no closing quote'],
    ['up{job="a" x="b"}', 11, 'expected , or } at position 11, and found \'x="b"}\''],
    ['up{,}', 3, "expected a label name or } at position 3, and found ',}'"],
    ['up{} x', 5, "expected { or the end at position 5, and found 'x'"],
    ['up{"down"}', 3, "the selector names its metric twice, again as 'down'"],
    ['up{a=~"("}', 6, "'(' is no regular expression of RE2"],
    [String.raw`up{a="\q"}`, 6, String.raw`'\q' at position 6 is no escape that is known`],
  ])('should say where %j is wrong', (text, position, message) => {
    const failure = (() => {
      try {
        return parseSelector(text);
      } catch (error) {
        return error;
      }
    })();

    expect(failure).toBeInstanceOf(InvalidSelectorError);
    expect(failure).toMatchObject({
      position,
      message: expect.stringContaining(message),
      code: 'invalid_selector',
    });
  });

  it('should always read a series back as it was printed', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const pair = fc.tuple(fc.oneof(text, fc.constantFrom('job', '__name__', 'le')), text);
    fc.assert(
      fc.property(fc.uniqueArray(pair, { selector: ([label]) => label, maxLength: 6 }), (pairs) => {
        const labels = makeLabels(pairs);

        const matchers = parseSelector(formatLabels(labels));

        expect(makeLabels(matchers.map((matcher) => [matcher.name, matcher.value]))).toEqual(labels);
      }),
    );
  });

  it('should never do anything but answer or refuse, whatever the text is', () => {
    const symbol = fc.constantFrom(
      '{',
      '}',
      '"',
      "'",
      '`',
      '\\',
      '=',
      '!',
      '~',
      ',',
      'a',
      '(',
      '[',
      '*',
      ' ',
      '\n',
      'é',
    );
    fc.assert(
      fc.property(fc.array(symbol, { maxLength: 40 }), (symbols) => {
        try {
          parseSelector(symbols.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidSelectorError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('matchers', () => {
  const matches = (operator: Matcher['operator'], value: string, candidate: string): boolean =>
    compileMatcher({ name: 'x', operator, value }).matches(candidate);

  it.each([
    ['=', 'a', 'a', true],
    ['=', '', '', true],
    ['!=', 'a', '', true],
    ['=~', 'a.c', 'abc', true],
    ['=~', 'b', 'abc', false],
    ['=~', 'a|c', 'c', true],
    ['=~', 'a|', '', true],
    ['=~', 'a.c', 'a\nc', true],
    ['=~', '(?i)AbC', 'aBc', true],
    ['=~', '^abc$', 'abc', true],
    ['=~', 'ab.*|x', 'abx', true],
    ['!~', 'a.*', 'abc', false],
    ['!~', 'a.*', '', true],
    ['=~', '\\p{Greek}+', 'αβγ', true],
  ] as const)('should hold that x%s%j takes %j: %s', (operator, value, candidate, expected) => {
    expect(matches(operator, value, candidate)).toBe(expected);
  });

  it('should refuse what RE2 does not know, and what is too long', () => {
    for (const expression of ['(a)\\1', 'a(?=b)', '[', 'a{2000}', 'a'.repeat(MAX_EXPRESSION_LENGTH + 1)]) {
      expect(() => compileMatcher({ name: 'x', operator: '=~', value: expression })).toThrow(
        InvalidSelectorError,
      );
    }
  });

  it('should take time in proportion to the value, where backtracking takes for ever', () => {
    expect(matches('=~', '(a*)*(a*)*b', 'a'.repeat(20_000))).toBe(false);
  });
});

describe('labels', () => {
  it('should be equal in whatever order they were given', () => {
    expect(formatLabels(makeLabels({ b: '2', __name__: 'm', a: '1' }))).toBe('m{a="1",b="2"}');
    expect(formatLabels(makeLabels({ A: '0', a: '1', __name__: 'm' }))).toBe('m{A="0",a="1"}');
    expect(formatLabels(makeLabels({ 'a b': 'x"\\\n', __name__: 'm.n' }))).toBe(
      '{"m.n","a b"="x\\"\\\\\\n"}',
    );
    expect(formatLabels(makeLabels({}))).toBe('{}');
  });

  it('should refuse a label twice, and one without a name', () => {
    expect(() =>
      makeLabels([
        ['a', '1'],
        ['a', '2'],
      ]),
    ).toThrow(InvalidLabelsError);
    expect(() => makeLabels({ '': 'x' })).toThrow(InvalidLabelsError);
  });

  it('should let the labels of a series win over those of its source, an empty one too', () => {
    const source = makeLabels({ job: 'node', instance: 'one' });
    expect(joinLabels(makeLabels({ __name__: 'm', job: 'own' }), source)).toEqual(
      makeLabels({ __name__: 'm', instance: 'one', job: 'own' }),
    );
    expect(joinLabels(makeLabels({ __name__: 'm', job: '' }), source)).toEqual(
      makeLabels({ __name__: 'm', instance: 'one' }),
    );
  });
});
