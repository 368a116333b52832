import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hasSoundChecksum, makeTokenText } from './token-secret.ts';

describe('makeTokenText', () => {
  it('should carry 256 random bits behind the prefix', () => {
    const bytes = randomBytes(32);

    const text = makeTokenText(() => bytes).reveal();

    expect(text).toMatch(/^dw_[A-Za-z0-9_-]{49}$/);
    expect(Buffer.from(text.slice(3, 46), 'base64url')).toEqual(bytes);
    expect(hasSoundChecksum(text)).toBe(true);
  });
});

describe('hasSoundChecksum', () => {
  it('should never take a token with one character changed, added or lost', () => {
    const text = makeTokenText(randomBytes).reveal();
    const place = fc.nat(text.length - 1);
    fc.assert(
      fc.property(
        place,
        fc.constantFrom('a', 'b', 'Z', '0', '9', '-', '_'),
        fc.constantFrom('change', 'add', 'lose'),
        (at, by, how) => {
          fc.pre(how !== 'change' || text[at] !== by);
          const tail = text.slice(how === 'add' ? at : at + 1);
          const broken = text.slice(0, at) + (how === 'lose' ? '' : by) + tail;
          // A change within the prefix makes a text that has no form of ours.
          fc.pre(broken.startsWith('dw_'));

          expect(hasSoundChecksum(broken)).toBe(false);
        },
      ),
    );
  });

  it('should leave texts without the prefix to the look-up', () => {
    expect(hasSoundChecksum('4f3c2b1a')).toBe(true);
  });
});
