import { CalendarService } from '@daywatch/protocol/calendar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startInProcess, type InProcessApi } from './_support/in-process.ts';

interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly tags: readonly { readonly name: string }[];
}

let api: InProcessApi;
let document: Document;

beforeAll(async () => {
  api = await startInProcess();
  document = (await (await fetch(`${api.origin}/openapi.json`)).json()) as Document;
});

afterAll(() => api[Symbol.asyncDispose]());

function operations() {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

/** A stream over HTTP, which gRPC has not, and which has no end that one could wait for. */
const STREAM = 'WatchChanges';

function calendarOperations() {
  return operations().filter(
    ({ path, operation }) => path.startsWith('/api/') && operation.operationId !== STREAM,
  );
}

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (document.components.schemas[name] ?? schema);
}

describe('/openapi.json', () => {
  it('should be OpenAPI 3.1 in which every reference leads somewhere, and nothing is left over', () => {
    const text = JSON.stringify(document);
    const referred = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? ''),
    );
    expect(document.openapi).toBe('3.1.0');
    expect([...referred].toSorted()).toEqual(Object.keys(document.components.schemas));
    expect(
      [...text.matchAll(/"\$ref":"([^"]+)"/g)].every(([, ref]) => ref?.startsWith('#/components/schemas/')),
    ).toBe(true);
  });

  it('should describe every operation whole', () => {
    const tags = new Set(document.tags.map(({ name }) => name));
    const faults = operations().filter(({ path, operation }) => {
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      const isWhole =
        operation.summary !== '' &&
        operation.tags.every((tag) => tags.has(tag)) &&
        Object.values(operation.responses).every(({ description }) => description !== '') &&
        declared.every(({ required }) => required === true) &&
        declared.map(({ name }) => `{${name}}`).join() === (path.match(/\{[^}]+\}/g) ?? []).join();
      return !isWhole;
    });
    expect(faults).toEqual([]);
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('should name the operations as gRPC names its methods, with what every one of them may answer', () => {
    const calendar = calendarOperations();
    expect(calendar.map(({ operation }) => operation.operationId).toSorted()).toEqual(
      CalendarService.methods.map(({ name }) => name).toSorted(),
    );
    for (const { operation } of calendar) {
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['400', '401', '403', '429', '500', '503', '504']),
      );
    }
  });

  it('should have every route of the application, and no other', () => {
    const routes = listRoutes(api.app.printRoutes({ commonPrefix: false }));
    const documented = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    const isOfPages = (route: string) =>
      / \/(docs|month|week|day|agenda|search|monitor|assets)\b.*$|\.(svg|js)$|\/\*$/.test(route) &&
      !route.endsWith(' /docs');
    const expected = routes.filter((route) => !route.startsWith('HEAD ') && !isOfPages(route));
    expect(documented.toSorted()).toEqual([...new Set(expected)].toSorted());
  });

  it('should have no example that the server refuses, and no answer that the server does not give', async () => {
    const { body: event } = await api.call('POST', '/api/v1/events', {
      title: 'x',
      start: '2030-01-01T00:00:00Z',
      duration: 'PT1H',
    });
    const { body: series } = await api.call('POST', '/api/v1/events', {
      title: 'x',
      start: '2031-01-01T00:00:00Z',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=10' },
    });
    const { body: calendars } = await api.call('GET', '/api/v1/calendars');
    const eventId = (event as { id: string }).id;
    const occurrence = `/api/v1/events/${(series as { id: string }).id}/occurrences/2031-01-08T00:00:00Z`;
    const calendarId = (calendars as { calendars: { id: string }[] }).calendars[0]?.id ?? '';
    const calendar = calendarOperations();
    const faults: (string | undefined)[] = [];
    // What deletes comes last.
    const ordered = calendar.toSorted(
      (a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'),
    );
    for (const { path, method, operation } of ordered) {
      const query = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query' && parameter.schema.example !== undefined)
        .map(({ name, schema }) => [name, name === 'calendar_id' ? calendarId : String(schema.example)]);
      const target = path
        .replace(/^.*\{recurrence_id\}$/, occurrence)
        .replace('{id}', path.includes('/events/') ? eventId : calendarId)
        .replace('{date}', '2026-11-23');
      const bodies = Object.values(operation.requestBody?.content ?? {}).flatMap(
        ({ schema }) => resolve(schema).examples ?? [],
      );
      for (const body of bodies.length > 0 ? bodies : [undefined]) {
        const answer = await api.call(
          method.toUpperCase(),
          `${target}?${new URLSearchParams(Object.fromEntries(query)).toString()}`,
          body,
        );
        faults.push(findFault(operation, answer));
      }
    }
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
    expect(faults.length).toBeGreaterThan(20);
  });

  it('should have examples of answers that its own schemas allow', () => {
    const refused = Object.entries(document.components.schemas).filter(([name, { examples = [] }]) => {
      const reader = readerOf({ $ref: `#/components/schemas/${name}` });
      return examples.some((example) => !reader.safeParse(example).success);
    });
    expect(refused).toEqual([]);
  });
});

/** `GET /api/v1/events/{id}` of each line of the tree that Fastify prints; a level is four characters deep. */
function listRoutes(tree: string): readonly string[] {
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, margin = '', part = '', methods = ''] = /^([│├└─ ]*)(\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    const depth = margin.length / 4;
    parents.splice(depth - 1, parents.length, part);
    const path = parents.join('').replaceAll(/:(\w+)/g, '{$1}');
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${path}`);
  });
}

/** What is wrong with an answer by the documentation; undefined for a success that it describes. */
function findFault(
  operation: Operation,
  { status, body }: { status: number; body: unknown },
): string | undefined {
  const answer = operation.responses[status];
  const schema = answer?.content?.['application/json']?.schema;
  const isDescribed = schema ? readerOf(schema).safeParse(body).success : body === undefined;
  if (status < 300 && answer && isDescribed) return undefined;
  return `${operation.operationId}: ${status} ${JSON.stringify(body)}`;
}

/** Reads what a documented schema allows, and nothing else. */
function readerOf(schema: Schema): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}
