import { evaluate } from '@marcbachmann/cel-js';
import { describe, expect, it } from 'vitest';
import { applyDefaults, DEFINITIONS, type JsonSchema, type Rule } from '@daywatch/installation';
import { listSchemas } from './_support/list-schemas.ts';

const SCHEMAS = DEFINITIONS.flatMap(({ spec }) =>
  listSchemas(spec.versions[0]?.schema.openAPIV3Schema ?? {}, spec.names.kind),
);
const RULES = SCHEMAS.flatMap(({ path, schema }) =>
  (schema['x-kubernetes-validations'] ?? []).map((rule) => ({ path, schema, ...rule })),
);

describe('the definitions of the custom resources', () => {
  it.each(SCHEMAS)('should be structural at $path', ({ schema }) => {
    const isNumberOrText = schema['x-kubernetes-int-or-string'] === true;

    expect(schema.type !== undefined || isNumberOrText).toBe(true);
    expect(schema.properties === undefined || schema.additionalProperties === undefined).toBe(true);
    expect(schema.type === 'array').toBe(schema.items !== undefined);
    expect((schema.required ?? []).filter((name) => schema.properties?.[name] === undefined)).toEqual([]);
  });

  it.each(SCHEMAS.filter(({ path }) => !/^\w+(\.(apiVersion|kind|metadata))?$/.test(path)))(
    'should say what $path is',
    ({ schema }) => {
      expect(schema.description).toMatch(/^[A-Z].*\.$/s);
    },
  );

  it.each(SCHEMAS.filter(({ schema }) => schema.type === 'string' && schema.default !== undefined))(
    'should allow the default of $path',
    ({ schema }) => {
      expect(String(schema.default)).toMatch(new RegExp(schema.pattern ?? '', 'u'));
      expect(schema.enum ?? [schema.default]).toContain(schema.default);
    },
  );

  it('should bound every text, list and map, so that rules over them have a price', () => {
    const open = SCHEMAS.filter(
      ({ schema }) =>
        (schema.type === 'string' && schema.maxLength === undefined && schema.enum === undefined) ||
        (schema.type === 'array' && schema.maxItems === undefined) ||
        (schema.additionalProperties !== undefined && schema.maxProperties === undefined),
    );

    expect(open.map(({ path }) => path).filter((path) => !/^\w+\.(apiVersion|kind)$/.test(path))).toEqual([]);
  });

  it('should have a scale for the installation alone, and a status for all', () => {
    const subresources = DEFINITIONS.map(({ spec }) => Object.keys(spec.versions[0]?.subresources ?? {}));

    expect(subresources).toEqual([['status', 'scale'], ['status'], ['status']]);
  });

  it('should be called by names that are no categories, which kubectl would take them for', () => {
    const names = DEFINITIONS.map(({ spec }) => spec.names);
    const categories = names.flatMap((each) => each.categories);

    const called = names.flatMap(({ singular, plural, shortNames }) => [singular, plural, ...shortNames]);
    expect(called.filter((name) => categories.includes(name))).toEqual([]);
    expect(new Set(categories)).toEqual(new Set(['daywatch-all']));
  });

  it('should find its printed columns in its schema', () => {
    for (const { spec } of DEFINITIONS) {
      const [version] = spec.versions;
      const paths = listSchemas(version?.schema.openAPIV3Schema ?? {}, '').map(({ path }) => path);
      for (const { jsonPath } of version?.additionalPrinterColumns ?? []) {
        const field = jsonPath.replace(/\[\?\(.*\)\]/, '[]');
        if (!field.startsWith('.metadata')) expect(paths).toContain(field);
      }
    }
  });
});

/** What each rule allows, and what it refuses: by the beginning of its message. */
const CASES: Readonly<
  Record<string, { readonly good: readonly unknown[]; readonly bad: readonly unknown[] }>
> = {
  'metadata.name is too long': {
    good: [{ metadata: { name: 'a'.repeat(30) } }],
    bad: [{ metadata: { name: 'a'.repeat(31) } }],
  },
  'an installation needs at least one part': {
    good: [{}, { gometr: { enabled: true }, calendarApi: { enabled: false } }],
    bad: [
      Object.fromEntries(
        ['calendarApi', 'calendarScheduler', 'calendarSender', 'checker', 'restapi', 'gometr'].map((name) => [
          name,
          { enabled: false },
        ]),
      ),
    ],
  },
  'give either secretName': {
    good: [{ secretName: 'a' }, { managed: {} }],
    bad: [{}, { secretName: 'a', managed: {} }],
  },
  'give either name or matchLabels': {
    good: [{ name: 'a' }, { matchLabels: { a: 'b' } }],
    bad: [{}, { name: 'a', matchLabels: {} }],
  },
  'give exactly one of url, service and pods': {
    good: [{ url: 'http://a' }, { service: { name: 'a', port: 1 } }, { pods: { matchLabels: {}, port: 1 } }],
    bad: [{}, { url: 'http://a', pods: { matchLabels: {}, port: 1 } }],
  },
  'the size of a volume': {
    good: [[{ storage: '1Gi' }, { storage: '1Gi' }]],
    bad: [[{ storage: '2Gi' }, { storage: '1Gi' }]],
  },
  'the class of a volume': {
    good: [
      [{}, {}],
      [{ storageClassName: 'a' }, { storageClassName: 'a' }],
    ],
    bad: [
      [{ storageClassName: 'a' }, {}],
      [{}, { storageClassName: 'a' }],
      [{ storageClassName: 'a' }, { storageClassName: 'b' }],
    ],
  },
};

describe('the rules of the custom resources', () => {
  it.each(RULES)('should allow and refuse at $path: $message', (rule) => {
    const name = Object.keys(CASES).find((each) => rule.message.startsWith(each)) ?? '';
    const { good = [], bad = [] } = CASES[name] ?? {};

    expect(good.map((value) => holds(rule, value))).toEqual(good.map(() => true));
    expect(bad.map((value) => holds(rule, value))).toEqual(bad.map(() => false));
    expect(good.length * bad.length).toBeGreaterThan(0);
  });
});

/** A rule about a change is given the new value and the old one. */
function holds({ rule, schema }: Rule & { readonly schema: JsonSchema }, value: unknown): unknown {
  const [self, oldSelf] = Array.isArray(value) ? (value as readonly unknown[]) : [value, undefined];
  return evaluate(rule, {
    self: applyDefaults(schema, self),
    ...(oldSelf === undefined ? {} : { oldSelf: applyDefaults(schema, oldSelf) }),
  });
}
