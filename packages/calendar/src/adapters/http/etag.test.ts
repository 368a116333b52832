import { describe, expect, it } from 'vitest';
import type { AnsweredEvent } from '../../event/event.ts';
import { formatEtag, isKnownToClient, parseIfMatch } from './etag.ts';

const EVENT = { revision: 46 } as AnsweredEvent;
const CLASH = { eventId: 'e', recurrenceId: 'r', start: 's', end: 't' } as never;

describe('formatEtag()', () => {
  it('should tell answers with other conflicts apart, of which a change accepts any', () => {
    const clashing: AnsweredEvent = { ...EVENT, conflicts: [CLASH] };
    const more: AnsweredEvent = { ...EVENT, conflicts: [CLASH, CLASH] };

    expect(formatEtag({ ...EVENT, conflicts: [] })).toBe('"1a"');
    expect(new Set([EVENT, clashing, more].map(formatEtag)).size).toBe(3);
    expect(parseIfMatch(formatEtag(clashing))).toEqual(['1a']);
    expect(isKnownToClient(formatEtag(clashing), clashing)).toBe(true);
    expect(isKnownToClient(formatEtag(EVENT), clashing)).toBe(false);
    expect(isKnownToClient(formatEtag(clashing), EVENT)).toBe(false);
  });
});

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
    expect(isKnownToClient(header, EVENT)).toBe(known);
  });
});
