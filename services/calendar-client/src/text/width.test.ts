import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToWidth, padToWidth, widthOf } from './width.ts';

describe('widthOf', () => {
  it.each([
    ['Dentist', 7],
    ['Zürich', 6],
    ['Zu\u0308rich', 6],
    ['会議', 4],
    ['한국어', 6],
    ['ｶﾅ', 2],
    ['🎉', 2],
    ['👩‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['❤️', 2],
    ['☎', 1],
    ['\u200b', 0],
  ])('should know that %s takes %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe('cutToWidth', () => {
  it('should end in an ellipsis and never cut a character in two', () => {
    expect(cutToWidth('Dentist', 5)).toBe('Dent…');
    expect(cutToWidth('会議室', 4)).toBe('会…');
    expect(cutToWidth('👩‍👩‍👧👩‍👩‍👧', 3)).toBe('👩‍👩‍👧…');
  });

  it('should never be wider than asked for, and leave alone what fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const cut = cutToWidth(text, width);
        expect(widthOf(cut)).toBeLessThanOrEqual(width);
        if (widthOf(text) <= width) expect(cut).toBe(text);
      }),
    );
  });

  it('should fill to the width, on either side', () => {
    expect(padToWidth('会', 4)).toBe('会  ');
    expect(padToWidth('9', 3, 'left')).toBe('  9');
  });
});
