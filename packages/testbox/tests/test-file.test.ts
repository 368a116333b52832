import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readYaml } from '../src/adapters/yaml/index.ts';
import { parseTestFile } from '../src/index.ts';
import { faultsOf, parseValid } from './_support/parse.ts';

const TEN_LINES = `containerName: shop
dockerfile: Dockerfile
dependencies:
  - name: db
    image: postgres:18
tests:
  - name: greets
    url: /
    queryType: GET
`;

describe('a test file', () => {
  it('should be read with ten lines', () => {
    const file = parseValid(TEN_LINES);

    expect(file.subject).toMatchObject({
      name: 'shop',
      source: { kind: 'build', dockerfile: 'Dockerfile' },
      environment: [],
    });
    expect(file.dependencies).toMatchObject([
      [{ name: 'db', source: { kind: 'image', image: 'postgres:18' } }],
    ]);
    expect(file.tests).toMatchObject([{ name: 'greets', step: { kind: 'http', url: '/', method: 'GET' } }]);
  });

  it('should be the same in whatever case its keys are written', () => {
    const words = /^( *(?:- )?)(\w+)(?=:)/gm;
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (coins) => {
        const flip = (letter: string): string =>
          coins.next().value === true ? letter.toUpperCase() : letter.toLowerCase();
        const yaml = TEN_LINES.replaceAll(
          words,
          (_, margin: string, key: string) => margin + key.replaceAll(/./g, flip),
        );

        expect(parseValid(yaml)).toEqual(parseValid(TEN_LINES));
      }),
    );
  });

  it('should never be worse than faulty, whatever the text', () => {
    const yamls = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.stringMatching(/^[-\s\w:{}[\],&*!|>'"#%@`$]*$/),
      fc.jsonValue().map((value) => stringify(value)),
    );
    fc.assert(
      fc.property(yamls, (yaml) => {
        const lines = yaml.split('\n').length + 1;
        const read = readYaml(yaml);
        const parsed = read.kind === 'read' ? parseTestFile(read.root) : read;

        expect(parsed.kind).toBe('faulty');
        for (const fault of parsed.kind === 'faulty' ? parsed.faults : []) {
          expect(fault.line).toBeGreaterThanOrEqual(1);
          expect(fault.line).toBeLessThanOrEqual(lines);
          expect(fault.column).toBeGreaterThanOrEqual(1);
          expect(fault.found).not.toBe('');
        }
      }),
      { numRuns: 200 },
    );
  });

  it('should have a fault for each value that is damaged, and point at it', () => {
    const paths = [
      ['containerName', 'box'],
      ['port', 80],
      ['tests.0.name', 'a'],
      ['tests.0.queryType', 'GET'],
      ['tests.0.timeout', '1s'],
      ['tests.1.expectedCode', 200],
      ['dependencies.0.name', 'db'],
    ] as const;
    fc.assert(
      fc.property(fc.subarray([...paths], { minLength: 1 }), (damaged) => {
        const names = damaged.map(([path]) => path as string);
        const of = (path: string, value: unknown): unknown =>
          names.includes(path) ? { no: 'value' } : value;
        const yaml = stringify({
          containerName: of('containerName', 'box'),
          image: 'busybox',
          port: of('port', 80),
          dependencies: [{ name: of('dependencies.0.name', 'db'), image: 'x' }],
          tests: [
            {
              name: of('tests.0.name', 'a'),
              url: '/',
              queryType: of('tests.0.queryType', 'GET'),
              timeout: of('tests.0.timeout', '1s'),
            },
            { name: 'b', url: '/', queryType: 'GET', expectedCode: of('tests.1.expectedCode', 200) },
          ],
        });

        const faults = faultsOf(yaml);

        expect(faults).toHaveLength(damaged.length);
        for (const name of names) {
          const key = name.replaceAll(/\.(\d)/g, '[$1]');
          expect(
            faults.some((fault) => fault.includes(`: ${key}: found keys with values; allowed is `)),
          ).toBe(true);
        }
      }),
    );
  });

  it('should take the same step, expectations and captures from every kind of test', () => {
    const { tests } = parseValid(`
containerName: box
image: busybox
parallel: 8
tests:
  - name: http
    url: /a
    queryType: post
    query: {a: [1, 'x']}
    headers: {X: '1'}
    expectedCode: 2XX
    expectedHeaders: {Content-Type: {$contains: json}}
    expectedJson: {'a[0].b': 1, $: {$type: object}}
    capture: {id: a.id, tag: {header: ETag}, word: {body: '(\\w+)'}}
    eventually: 2s
    timeout: 500ms
  - {name: grpc, grpc: {method: a.v1.B/C, message: {id: '\${id}'}}, expectedStatus: not_found, parallel: false}
  - {name: sql, sql: {url: 'postgres://u@h/d', query: SELECT 1, parameters: [1, null]}, expectedRows: 1}
  - {name: publish, publish: {url: 'amqp://h', routingKey: q, message: hi}}
  - {name: consume, consume: {url: 'amqp://h', queue: q}, responseContains: hi}
`);

    expect(tests).toMatchObject([
      {
        step: { kind: 'http', method: 'POST', body: { a: [1, 'x'] }, headers: new Map([['X', '1']]) },
        expectations: {
          code: '2xx',
          headers: new Map([['Content-Type', [{ kind: 'contains', value: 'json' }]]]),
          json: [
            { steps: ['a', 0, 'b'], matchers: [{ kind: 'equals', value: 1 }] },
            { steps: [], matchers: [{ kind: 'type', type: 'object' }] },
          ],
        },
        captures: new Map<string, unknown>([
          ['id', { kind: 'json', path: 'a.id', steps: ['a', 'id'] }],
          ['tag', { kind: 'header', name: 'ETag' }],
          ['word', { kind: 'body', pattern: String.raw`(\w+)` }],
        ]),
        eventuallyMs: 2_000,
        timeoutMs: 500,
        isParallel: true,
      },
      {
        step: { kind: 'grpc', message: { id: '${id}' } },
        expectations: { status: 'NOT_FOUND' },
        isParallel: false,
      },
      { step: { kind: 'sql', parameters: [1, null] }, expectations: { rows: 1 } },
      { step: { kind: 'publish', exchange: '', message: 'hi' } },
      { step: { kind: 'consume', queue: 'q' }, expectations: { contains: ['hi'] } },
    ]);
  });

  it('should keep numbers as they are written where text is wanted', () => {
    const { subject } = parseValid(
      `
containerName: box
image: redis
buildArgs: {}
tests: [{name: t, url: /, queryType: GET}]
`.replace('buildArgs: {}\n', 'command: [run, 1.10, true, 0x1f]\n'),
    );

    expect(subject.command).toEqual(['run', '1.10', 'true', '0x1f']);
  });

  it('should publish ports where they say, and on loopback where they do not', () => {
    const { subject } = parseValid(`
containerName: box
image: redis
ports: [80, '8080:80', '127.0.0.2:80', '0.0.0.0:8080:80']
tests: [{name: t, url: /, queryType: GET}]
`);

    expect(subject.ports).toEqual([
      { host: '127.0.0.1', hostPort: 0, port: 80 },
      { host: '127.0.0.1', hostPort: 8080, port: 80 },
      { host: '127.0.0.2', hostPort: 0, port: 80 },
      { host: '0.0.0.0', hostPort: 8080, port: 80 },
    ]);
  });

  it('should not be blown up by aliases that stand for aliases', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `x${i + 1}: &x${i + 1} [${Array(9).fill(`*x${i}`).join(', ')}]`,
    );

    expect(faultsOf(`x0: &x0 [a]\n${levels.join('\n')}\n`)).toEqual([
      'box.yaml:1:1: the file holds too many values; allowed is at most 100000',
    ]);
  });

  it('should be refused when it is too large', () => {
    expect(faultsOf('#'.repeat(2 * 1024 * 1024))).toEqual([
      'box.yaml:1:1: found 2097152 characters; allowed is at most 1048576',
    ]);
  });
});
