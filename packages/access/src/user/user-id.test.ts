import { describe, expect, it } from 'vitest';

import { parseUserId } from './user-id.ts';

describe('parseUserId', () => {
  it.each([
    'ann',
    'ann@example.org',
    'auth0|5f7c8ec7c33c6c004bbafe82',
    'a',
    '_x',
    'uid=ann/ou=people',
    'x'.repeat(200),
  ])('should take %s as it is', (text) => {
    expect(parseUserId(text)).toBe(text);
  });

  it.each([
    '',
    ' ann',
    'ann ',
    'ann,bob',
    'ann, bob',
    'ännchen',
    'a\nb',
    'a\u0000b',
    '-ann',
    'a"b',
    'a%20b',
    'x'.repeat(201),
  ])('should refuse %j and say what is allowed', (text) => {
    expect(() => parseUserId(text)).toThrow(/is no user id; allowed are 1 to 200/);
  });

  it('should show only a printable beginning of a bad id', () => {
    expect(() => parseUserId(`\u001b[31m${'ä'.repeat(500)}`)).toThrow(/^'\?\[31m\?{55}…' is no user id/);
  });
});
