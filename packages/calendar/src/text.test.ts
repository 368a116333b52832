import { describe, expect, it } from 'vitest';
import { escapeUnprintable } from './text.ts';

describe('escapeUnprintable()', () => {
  it.each([
    ['NUL', 'a\u0000b', String.raw`a\u0000b`],
    ['a colour of a terminal', '\u001b[31m', String.raw`\u001b[31m`],
    ['a control of the second set', '\u009b1m', String.raw`\u009b1m`],
    ['a turn of the direction', 'a\u202eb', String.raw`a\u202eb`],
    ['a line separator', 'a\u2028b', String.raw`a\u2028b`],
    ['half a character', '\ud800', String.raw`\ud800`],
    ['an emoji of many parts', '👩‍🚀 日', '👩‍🚀 日'],
  ])('should make %s safe to print', (_, text, safe) => {
    expect(escapeUnprintable(text)).toBe(safe);
  });
});
