import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from './find-json-fault.ts';

describe('findJsonFault()', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":{"b":[{"c":1,"c":1}]}}', 'c'],
    ['{"":1,"":2}', ''],
    ['{"a\\"":1,"b":"}","a\\"":2}', 'a"'],
    ['{"a\\\\":"\\\\","a\\\\":2}', 'a\\'],
  ])('should find the key that stands twice in %s', (text, field) => {
    expect(findJsonFault(text)).toEqual({ field, description: 'is given twice; allowed is once' });
  });

  it.each(['{"__proto__":1}', '{"a":{"\\u005f_proto__":{}}}', '[{"__proto__":null}]'])(
    'should refuse __proto__ as a key: %s',
    (text) => {
      expect(findJsonFault(text)?.field).toBe('__proto__');
    },
  );

  it.each([
    '{"a":{"a":{"a":1}},"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":["a","a"],"c":"__proto__"}',
    '{"a":"\\",\\"a\\":1","b":"{[","c":"]}"}',
    '"a"',
    '  [ ]  ',
  ])('should find nothing in %s', (text) => {
    expect(findJsonFault(text)).toBeUndefined();
  });

  it('should refuse what nests too deep, however deep', () => {
    expect(findJsonFault('['.repeat(16) + ']'.repeat(16))).toBeUndefined();
    expect(findJsonFault('['.repeat(17) + ']'.repeat(17))?.description).toContain('nests deeper than 16');
    expect(findJsonFault('[{"a":'.repeat(100_000) + '1' + '}]'.repeat(100_000))).toBeDefined();
  });

  it('should never find a fault in what JSON.stringify has written of a shallow value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__'));
        expect(findJsonFault(text)).toBeUndefined();
      }),
    );
  });

  it('should always find a key that was put in twice, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.jsonValue({ maxDepth: 3 }),
        fc.array(fc.boolean(), { maxLength: 5 }),
        (key, value, nesting) => {
          const pair = `${JSON.stringify(key)}:${JSON.stringify(value)}`;
          const text = nesting.reduce(
            (inner, isList) => (isList ? `[1,${inner}]` : `{"k":${inner}}`),
            `{${pair},${pair}}`,
          );
          expect(findJsonFault(text)).toBeDefined();
        },
      ),
    );
  });
});
