import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ErrInvalidEvent } from './errors.ts';
import { isUuid, makeUuidV7, parseChosenId, parseUuid } from './uuid.ts';

describe('makeUuidV7()', () => {
  it('should always be a UUID of version 7 that carries its time', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.nat(2 ** 40), bytes, (nowMs, random) => {
        const id = makeUuidV7(nowMs, random);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(nowMs);
      }),
    );
  });

  it('should use every random bit that is free', () => {
    const id = makeUuidV7(0, new Uint8Array(10).fill(0xff));
    expect(id).toBe('00000000-0000-7fff-bfff-ffffffffffff');
  });
});

describe('parseUuid()', () => {
  it('should read any case and answer lower case', () => {
    expect(parseUuid('0196A1B2-1C2D-7E3F-8A4B-5C6D7E8F9A0B')).toBe('0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b');
  });

  it.each([
    '',
    'x',
    '{0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b}',
    '0196a1b21c2d7e3f8a4b5c6d7e8f9a0b',
    '../../etc/passwd',
  ])("should refuse '%s'", (text) => {
    expect(isUuid(text)).toBe(false);
    expect(() => parseUuid(text)).toThrow('is not a UUID');
  });
});

describe('parseChosenId()', () => {
  const toError = (violations: ConstructorParameters<typeof ErrInvalidEvent>[0]) =>
    new ErrInvalidEvent(violations);

  it.each([undefined, null, ''])('should take %j for no choice', (given) => {
    expect(parseChosenId(given, toError)).toBe(undefined);
  });

  it('should answer lower case, and name the field of what is no UUID', () => {
    const id = '0196A1B2-1C2D-7E3F-8A4B-5C6D7E8F9A0B';

    expect(parseChosenId(id, toError)).toBe(id.toLowerCase());
    expect(() => parseChosenId('x', toError)).toThrow("id: 'x' is not a UUID");
  });
});
