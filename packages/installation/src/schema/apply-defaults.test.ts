import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDefaults } from './apply-defaults.ts';
import { choice, flag, integer, list, map, object, optional, text } from './build-schema.ts';

const schema = object(
  {
    name: text({ description: 'Required.' }),
    count: integer({ description: 'With a default.', default: 2 }),
    note: optional(text({ description: 'Without one.' })),
    inner: object({ on: flag({ description: 'On.', default: true }) }, { description: 'Inner.', default: {} }),
    outer: optional(object({ kind: choice(['a', 'b'], { description: 'Kind.', default: 'a' }) }, { description: 'Outer.' })),
    items: list(object({ size: integer({ description: 'Size.', default: 1 }) }, { description: 'Item.' }), {
      description: 'Items.',
      maxItems: 3,
      default: [],
    }),
    byName: map(object({ size: integer({ description: 'Size.', default: 1 }) }, { description: 'Item.' }), {
      description: 'By name.',
      default: {},
    }),
  },
  { description: 'A schema.' },
).json;

describe('applyDefaults', () => {
  it('should set what is missing, also within what a default has set', () => {
    expect(applyDefaults(schema, { name: 'x' })).toEqual({
      name: 'x',
      count: 2,
      inner: { on: true },
      items: [],
      byName: {},
    });
  });

  it('should go into what is there, and set nothing where nothing is', () => {
    const value = { name: 'x', count: 0, inner: { on: false }, outer: {}, items: [{}, { size: 3 }], byName: { a: {} } };

    expect(applyDefaults(schema, value)).toEqual({
      ...value,
      outer: { kind: 'a' },
      items: [{ size: 1 }, { size: 3 }],
      byName: { a: { size: 1 } },
    });
  });

  it('should keep what it does not know, and never change anything the second time', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const once = applyDefaults(schema, value);

        expect(applyDefaults(schema, once)).toEqual(once);
        expect(once).toMatchObject(Object.fromEntries(Object.entries(value).filter(([key]) => !(key in (schema.properties ?? {})))));
      }),
    );
  });
});

describe('object', () => {
  it('should require what has neither a default nor leave to be missing', () => {
    expect(schema.required).toEqual(['name']);
  });
});
