import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followPath, parseJsonPath, type Json } from './json-path.ts';
import { isEqual, isMatch, type Matcher } from './matcher.ts';

describe('isEqual', () => {
  it('should agree with Node about any two values of JSON', () => {
    const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(isEqual(a, b)).toBe(isDeepStrictEqual(a, b));
        expect(isEqual(a, structuredClone(a))).toBe(true);
      }),
    );
  });
});

describe('isMatch', () => {
  it.each<[Matcher, Json | undefined, boolean]>([
    [{ kind: 'contains', value: 'b' }, 'abc', true],
    [{ kind: 'contains', value: 2 }, [1, 2], true],
    [{ kind: 'contains', value: 2 }, [1, '2'], false],
    [{ kind: 'matches', pattern: '^a+$' }, 'aaa', true],
    [{ kind: 'matches', pattern: '^a+$' }, null, false],
    [{ kind: 'above', value: 3 }, 3, false],
    [{ kind: 'above', value: 3 }, 3.1, true],
    [{ kind: 'below', value: 3 }, '2', false],
    [{ kind: 'type', type: 'null' }, null, true],
    [{ kind: 'type', type: 'object' }, [], false],
    [{ kind: 'type', type: 'list' }, [], true],
    [{ kind: 'length', length: 2 }, 'ab', true],
    [{ kind: 'length', length: 2 }, [1], false],
    [{ kind: 'exists', exists: false }, undefined, true],
    [{ kind: 'exists', exists: true }, null, true],
    [{ kind: 'equals', value: null }, undefined, false],
  ])('should answer for %j and %j: %s', (matcher, value, expected) => {
    expect(isMatch(matcher, value)).toBe(expected);
  });
});

describe('parseJsonPath', () => {
  it.each<[string, readonly (string | number)[] | undefined]>([
    ['$', []],
    ['a', ['a']],
    ['$.a.b', ['a', 'b']],
    ['a[0][-1].c-d', ['a', 0, -1, 'c-d']],
    ['[2].x', [2, 'x']],
    ["['a.b'].c", ['a.b', 'c']],
    ['', undefined],
    ['a..b', undefined],
    ['.a', undefined],
    ['a[x]', undefined],
    ['a[0]b', undefined],
    ['a b', undefined],
    ['a.', undefined],
  ])('should read %s as %j', (path, steps) => {
    expect(parseJsonPath(path)).toEqual(steps);
  });

  it('should lead to every value of any document', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (document) => {
        for (const { path, value } of listPaths(document as Json)) {
          const steps = parseJsonPath(path) ?? expect.unreachable(path);
          expect(followPath(document as Json, steps)).toBe(value);
        }
      }),
    );
  });
});

function listPaths(value: Json, path = '$'): readonly { readonly path: string; readonly value: Json }[] {
  const children: readonly (readonly [string, Json])[] = Array.isArray(value)
    ? (value as readonly Json[]).map((item, i) => [`${path}[${i}]`, item] as const)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
          // A quote cannot be written in a path.
          .filter(([key]) => !key.includes("'"))
          .map(([key, item]) => [`${path}['${key}']`, item] as const)
      : [];
  return [{ path, value }, ...children.flatMap(([path, item]) => listPaths(item, path))];
}
