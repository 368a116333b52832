import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFullId, isPartOfId, matchesId, shortenIds, toFullId } from './short-id.ts';

describe('shortenIds', () => {
  it('should tell all ids apart, each found again by what is shown', () => {
    // Ids that share long endings are the hard case.
    const endings = fc.constantFrom('00000000', '00000001', '10000001', 'abcdef01');
    const id = fc.tuple(fc.uuid(), endings).map(([uuid, ending]) => uuid.slice(0, -8) + ending);
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 12 }), (ids) => {
        const short = shortenIds(ids);
        expect(new Set(short.values()).size).toBe(ids.length);
        for (const each of ids) expect(each.replaceAll('-', '').endsWith(short.get(each) ?? '-')).toBe(true);
      }),
    );
  });

  it('should show six digits where they do', () => {
    const ids = ['01a20167-4fb4-7e64-92c9-a1b9ee64691b', '01a20167-4fb4-7e64-92c9-a1b9ee64691c'];
    expect([...shortenIds(ids).values()]).toEqual(['64691b', '64691c']);
  });
});

describe('a part of an id', () => {
  it('should match at either end, dashes or not, in any case', () => {
    const id = '01a20167-4fb4-7e64-92c9-a1b9ee64691b';
    for (const part of ['64691b', '64691B', '01a20167-4f', '01a201674f', id])
      expect(matchesId(id, part)).toBe(true);
    expect(matchesId(id, '4fb4')).toBe(false);
    expect(isPartOfId('691b') && !isPartOfId('91b') && !isPartOfId('dentist')).toBe(true);
    expect(isFullId(id) && toFullId(id.replaceAll('-', '').toUpperCase()) === id).toBe(true);
  });
});
