import { describe, expect, it } from 'vitest';

import { isTokenId, makeTokenId, parseTokenName } from './token.ts';

describe('parseTokenName', () => {
  it.each(['laptop', 'Büro 2', '寝室', "Ann's phone (old)", 'ci/deploy#4', 'x'.repeat(100)])(
    'should take %s',
    (name) => {
      expect(parseTokenName(name)).toBe(name);
    },
  );

  it.each(['', ' x', '\u202Eevil', 'a\nb', '<script>', 'x'.repeat(101), '\ud800'])(
    'should refuse %j',
    (name) => {
      expect(() => parseTokenName(name)).toThrow('allowed are 1 to 100 letters');
    },
  );

  it('should refuse what looks like a secret without repeating it', () => {
    expect(() => parseTokenName('dw_aaaabbbb')).toThrow(
      /^begins with 'dw_' like a secret; choose a name for people$/,
    );
  });

  it('should refuse what looks like an id', () => {
    expect(() => parseTokenName('tok_1')).toThrow("begins with 'tok_' like an id");
  });
});

it('should make ids that are known again', () => {
  expect(isTokenId(makeTokenId((size) => new Uint8Array(size).fill(0xab)))).toBe(true);
  expect(isTokenId('laptop')).toBe(false);
});
