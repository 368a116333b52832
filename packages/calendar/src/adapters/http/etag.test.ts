import { describe, expect, it } from 'vitest';
import { isKnownToClient, parseIfMatch } from './etag.ts';

describe('parseIfMatch()', () => {
  it.each<[string | undefined, readonly string[] | undefined]>([
    [undefined, undefined],
    ['*', undefined],
    [' * ', undefined],
    ['"1a"', ['1a']],
    ['"1a","2b"', ['1a', '2b']],
    [', "1a" ,, "2b",', ['1a', '2b']],
    ['1a', ['1a']],
    ['W/"1a"', ['W/"1a"']],
    ['""', ['']],
  ])('should read %s', (header, expected) => {
    expect(parseIfMatch(header)).toEqual(expected);
  });

  it.each(['', ' , ', '"1a', '1a"', 'W/1 a', '"1a" "2b"', '*, "1a"', 'w/"1a"'])(
    'should refuse %j',
    (header) => {
      expect(() => parseIfMatch(header)).toThrow('if-match: ');
    },
  );
});

describe('isKnownToClient()', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['*', true],
    ['"1a"', true],
    ['W/"1a"', true],
    ['"x", "1a"', true],
    ['"x"', false],
  ])('should compare %s weakly', (header, known) => {
    expect(isKnownToClient(header, '1a')).toBe(known);
  });
});
