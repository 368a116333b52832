import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords, wordsOfEvent } from './words.ts';

describe('splitWords', () => {
  it.each([
    ["Café, Zoë's", ['cafe', 'zoe', 's']],
    ['ÜBUNG ﬁnale ①', ['ubung', 'finale', '1']],
    ['Ёлка й Йод', ['елка', 'и', 'иод']],
    ['a-b_c a', ['a', 'b', 'c']],
    ['– … !', []],
    ['', []],
    ['हिन्दी', ['हिनदी']],
  ])('should read %j as %j', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it('should find in a text every word that was read from it, in whatever case it is typed', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(text, (given) => {
        const words = splitWords(given);
        for (const word of words) {
          expect(splitWords(word)).toEqual([word]);
          expect(word.length).toBeLessThanOrEqual(80);
        }
        expect(splitWords(words.join(' '))).toEqual(words);
      }),
    );
  });
});

describe('wordsOfEvent', () => {
  it('should take title, location and description, each word once, and no more than a thousand', () => {
    const long = Array.from({ length: 2000 }, (_, i) => `w${i}`).join(' ');
    const words = wordsOfEvent({ title: 'One two', location: 'Two', description: long });
    expect(words.slice(0, 3)).toEqual(['one', 'two', 'w0']);
    expect(words).toHaveLength(1000);
  });
});
