import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitizeLine, sanitizeLines, toSafeJson } from './sanitize.ts';

// oxlint-disable-next-line no-control-regex -- finding control characters is what this is for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('sanitizeLine', () => {
  it('should show escape sequences instead of sending them', () => {
    expect(sanitizeLine('a\u001b[31mb')).toBe('a␛[31mb');
    expect(sanitizeLine('a\u009b31mb')).toBe('a<U+009B>31mb');
    expect(sanitizeLine('a\nb\u007f')).toBe('a␊b␡');
    expect(sanitizeLine('a\u202eb')).toBe('a<U+202E>b');
    expect(sanitizeLine('a\ud800b')).toBe('a<U+D800>b');
  });

  it('should leave plain text of any language alone', () => {
    expect(sanitizeLine('Zürich 会議 👩‍👩‍👧 עברית')).toBe('Zürich 会議 👩‍👩‍👧 עברית');
  });

  it('should never let a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(sanitizeLine(text)).not.toMatch(CONTROL);
        expect(sanitizeLines(text).join('')).not.toMatch(CONTROL);
      }),
    );
  });
});

describe('toSafeJson', () => {
  it('should hold no raw control character but its own line breaks, and the same values', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = toSafeJson({ text });
        expect(json.replaceAll('\n', '')).not.toMatch(CONTROL);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });
});
