import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isLocalPath } from './local-path.ts';

describe('isLocalPath', () => {
  it.each(['/', '/week/2026-03-01', '/?view=month#today', '/a//b', '/%2f%2fevil.example'])(
    'should take %s',
    (path) => {
      expect(isLocalPath(path)).toBe(true);
    },
  );

  it.each([
    '',
    'week',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/a\\b',
    '/ä',
    `/${'a'.repeat(2000)}`,
  ])('should refuse %j', (path) => {
    expect(isLocalPath(path)).toBe(false);
  });

  it('should never take what leads a browser away', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ':',
      '@',
      '\t',
      '\r',
      '\n',
      ' ',
      'evil.example',
      'http:',
      '?',
      '#',
      '%2f',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const path = `/${parts.join('')}`;
        fc.pre(isLocalPath(path));

        expect(new URL(path, 'https://daywatch.example').origin).toBe('https://daywatch.example');
      }),
      { numRuns: 500 },
    );
  });
});
