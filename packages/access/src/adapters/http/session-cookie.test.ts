import { describe, expect, it } from 'vitest';

import { formatSessionCookie, readSessionCookie } from './session-cookie.ts';

describe('readSessionCookie', () => {
  it.each([
    ['daywatch_session=abc', 'abc'],
    ['a=1; daywatch_session=abc; b=2', 'abc'],
    [['a=1', 'daywatch_session=abc'], 'abc'],
    ['daywatch_session=', ''],
    ['a=1', undefined],
    ['xdaywatch_session=abc', undefined],
    ['daywatch_session', undefined],
    [undefined, undefined],
    ['daywatch_session=abc; daywatch_session=def', ['abc', 'def']],
    [
      ['daywatch_session=abc', 'daywatch_session=def'],
      ['abc', 'def'],
    ],
  ])('should read %j as %j', (header, value) => {
    expect(readSessionCookie(header)).toEqual(value);
  });
});

describe('formatSessionCookie', () => {
  it('should keep the cookie from scripts, other sites and plain HTTP', () => {
    expect(formatSessionCookie('abc', { maxAgeSeconds: 60, isSecure: true })).toBe(
      'daywatch_session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
    );
    expect(formatSessionCookie('abc', { maxAgeSeconds: 60, isSecure: false })).not.toContain('Secure');
  });
});
