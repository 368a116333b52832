import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ErrInvalidRequest } from '../../../errors.ts';
import { parseJsonBody } from './parse-json-body.ts';

describe('parseJsonBody()', () => {
  it.each<[string, Buffer, string]>([
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'body: is no valid UTF-8'],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'body: is no valid UTF-8'],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'body: is no valid UTF-8'],
    ['a NUL between values', Buffer.from('{"a":\u00001}'), 'body: is no valid JSON'],
    ['half an object', Buffer.from('{"a":1'), 'body: is no valid JSON'],
    ['a comma too many', Buffer.from('{"a":1,}'), 'body: is no valid JSON'],
    ['a number that is none', Buffer.from('{"a":NaN}'), 'body: is no valid JSON'],
    ['a key twice', Buffer.from('{"a":1,"a":1}'), 'a: is given twice'],
  ])('should refuse %s', (_, bytes, message) => {
    expect(() => parseJsonBody(bytes)).toThrow(ErrInvalidRequest);
    expect(() => parseJsonBody(bytes)).toThrow(message);
  });

  it('should skip a byte order mark', () => {
    expect(parseJsonBody(Buffer.from('\ufeff{"title":"Zahnärztin 🦷"}'))).toEqual({ title: 'Zahnärztin 🦷' });
  });

  it('should never throw anything but ErrInvalidRequest', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          try {
            parseJsonBody(Buffer.from(bytes));
          } catch (error) {
            expect(error).toBeInstanceOf(ErrInvalidRequest);
          }
        },
      ),
    );
  });
});
