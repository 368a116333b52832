import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checked,
  describeTarget,
  openHouse,
  openSource,
  report,
  watch,
  type House,
} from './_support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

function operations() {
  return Object.entries(house.document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

describe('/openapi.json', () => {
  it('should be OpenAPI 3.1 in which every reference leads somewhere, and nothing is left over', () => {
    const { openapi, components, paths } = house.document;
    const text = JSON.stringify({ paths, components });
    const referred = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? ''));

    expect(openapi).toBe('3.1.0');
    expect([...referred].toSorted()).toEqual(
      // What an event carries is described, though no answer is made of it alone.
      Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`),
    );
  });

  it('should describe every operation whole, each with what any may answer', () => {
    const tags = new Set(house.document.tags.map(({ name }) => name));
    for (const { path, method, operation } of operations()) {
      expect(method).toBe('get');
      expect(operation.summary).not.toBe('');
      expect(operation.tags.every((tag) => tags.has(tag))).toBe(true);
      expect(Object.values(operation.responses).every(({ description }) => description !== '')).toBe(true);
      if (!path.startsWith('/api/')) continue;
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['200', '400', '401', '403', '429', '500', '503', '504']),
      );
    }
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('should have every route of the application, and no other', () => {
    const routes = listRoutes(house.app.printRoutes({ commonPrefix: false }));
    const documented = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);

    expect(documented.toSorted()).toEqual([...new Set(routes)].toSorted());
  });

  it('should have no example that the server refuses', async () => {
    const atMs = Date.UTC(2026, 10, 23, 9);
    const { source, layout } = await openSource(house, 'gometr', [{ __name__: 'up_and_away' }]);
    const summary = { isUp: true, durationSeconds: 1, samples: 1 };
    await house.series.writer.append([{ source, layout, atMs, values: Float64Array.of(1), summary }]);
    await house.checks.append([checked('gometr', atMs)]);
    await watch(house, [describeTarget('gometr')]);
    await house.targets.board.report([report('gometr', atMs)]);
    let asked = 0;
    for (const { path, operation } of operations()) {
      if (!path.startsWith('/api/') || path.endsWith('/events')) continue;
      const query = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query' && parameter.schema.example !== undefined)
        .map(({ name, schema }) => [name, String(schema.example)]);
      const text = new URLSearchParams(Object.fromEntries(query)).toString();
      expect([path, (await house.get(`${path}?${text}`)).status]).toEqual([path, 200]);
      asked += 1;
    }
    expect(asked).toBe(7);
  });

  it('should have an example for every parameter but the cursor', () => {
    const without = operations().flatMap(({ path, operation }) =>
      (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query' && parameter.schema.example === undefined)
        .map(({ name }) => `${path} ${name}`),
    );
    expect(without).toEqual(['/api/v1/metrics cursor']);
  });
});

/** `GET /api/v1/metrics` of each line of the tree that Fastify prints; a level is four characters deep. */
function listRoutes(tree: string): readonly string[] {
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, margin = '', part = '', methods = ''] = /^([│├└─ ]*)(\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    const depth = margin.length / 4;
    parents.splice(depth - 1, parents.length, part);
    const path = parents.join('');
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${path}`);
  });
}
