import { parseExposition } from '@daywatch/exposition';
import { createServer } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, startGometr } from './_support/process.ts';

interface Report {
  readonly status: string;
  readonly service_id: string;
  readonly checks: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('gometr', () => {
  it('should answer its health with the findings of real checks', async () => {
    // A machine that builds and tests at the same time may be short of disk, and late.
    await using gometr = await startGometr({
      DAYWATCH_HEALTH_DISK_FREE_WARN: '0',
      DAYWATCH_HEALTH_DISK_FREE_FAIL: '0',
      DAYWATCH_HEALTH_EVENT_LOOP_LAG_WARN: '1h',
      DAYWATCH_HEALTH_EVENT_LOOP_LAG_FAIL: '1h',
    });

    const { status, body } = await ask(gometr.origin);

    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'pass', service_id: hostname() });
    expect(Object.keys(body.checks).sort()).toEqual(['disk', 'event_loop']);
    expect(body.checks['disk']).toMatchObject({
      component_id: 'disk',
      component_type: 'system',
      status: 'pass',
      observed_unit: 'percent',
    });
    expect(body.checks['event_loop']).toMatchObject({ status: 'pass', observed_unit: 'ms' });
  });

  it.each([
    ['warn', 200, { DAYWATCH_HEALTH_DISK_FREE_WARN: '100', DAYWATCH_HEALTH_DISK_FREE_FAIL: '0' }],
    ['fail', 500, { DAYWATCH_HEALTH_DISK_FREE_FAIL: '100' }],
  ])(
    'should answer %s with the status %i when the disk is too full',
    async (expected, httpStatus, environment) => {
      await using gometr = await startGometr(environment);

      const { status, body } = await ask(gometr.origin);

      expect([status, body.status, body.checks['disk']?.['status']]).toEqual([
        httpStatus,
        expected,
        expected,
      ]);
      expect(body.checks['disk']?.['output']).toMatch(/percent of the disk are free/);
    },
  );

  it('should say by the command health whether it is ready', async () => {
    await using gometr = await startGometr();
    const environment = { DAYWATCH_HTTP_PORT: new URL(gometr.origin).port };

    const ready = await run(['health'], environment);
    await gometr.stop();
    const gone = await run(['health'], environment);

    expect(ready).toEqual({ code: 0, stdout: 'pass\n', stderr: '' });
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    expect(gone.stderr).toMatch(/^gometr: .*ECONNREFUSED/);
  });

  it('should fail while its dependency does, and pass when that is back', async () => {
    let dependencyStatus = 503;
    await using dependency = createServer((_, response) => response.writeHead(dependencyStatus).end());
    await new Promise<void>((resolve) => dependency.listen(0, '127.0.0.1', resolve));
    const { port } = dependency.address() as { port: number };
    await using gometr = await startGometr({
      DAYWATCH_HEALTH_DEPENDENCY_URL: `http://127.0.0.1:${port}/`,
      DAYWATCH_HEALTH_DISK_FREE_WARN: '0',
      DAYWATCH_HEALTH_DISK_FREE_FAIL: '0',
      DAYWATCH_HEALTH_EVENT_LOOP_LAG_FAIL: '1h',
    });

    const down = await ask(gometr.origin);
    dependencyStatus = 204;
    const up = await waitForStatus(gometr.origin, 200);

    expect([down.status, down.body.checks['dependency']?.['output']]).toEqual([
      500,
      'the dependency answered with the status 503',
    ]);
    expect(up.checks['dependency']).toMatchObject({ status: 'pass', component_id: `127.0.0.1:${port}` });
  });

  it('should expose the metrics of its process in a text that keeps every rule', async () => {
    await using gometr = await startGometr();

    const answer = await fetch(`${gometr.origin}/metrics`);
    const families = parseExposition(await answer.text(), { isStrict: true });

    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(families.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'process_cpu_seconds_total',
        'process_resident_memory_bytes',
        'nodejs_eventloop_lag_seconds',
      ]),
    );
  });

  it('should refuse every method but GET', async () => {
    await using gometr = await startGometr();

    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
      for (const path of ['/metrics', '/health', '/health/live', '/health/ready']) {
        const answer = await fetch(`${gometr.origin}${path}`, { method });
        expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'GET']);
      }
    }
  });

  it('should be alive and ready, and answer 404 elsewhere', async () => {
    await using gometr = await startGometr();
    const statusOf = async (path: string): Promise<number> => (await fetch(`${gometr.origin}${path}`)).status;

    expect(await Promise.all(['/health/live', '/health/ready', '/', '/metrics/x'].map(statusOf))).toEqual([
      200, 200, 404, 404,
    ]);
  });

  it('should start from its sample configuration and stop in good order', async () => {
    const sample = join(import.meta.dirname, '../../../config/gometr.yaml');
    await using gometr = await startGometr({}, [`-config=${sample}`]);

    expect((await fetch(`${gometr.origin}/health/live`)).status).toBe(200);
    expect(await gometr.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('should explain itself and say its version', async () => {
    expect(await run(['--help'])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('--config <file>') as string,
    });
    expect(await run(['--version'])).toEqual({ code: 0, stdout: 'gometr 0.1.0\n', stderr: '' });
  });

  it.each([
    [['--confg'], {}, "unknown option '--confg'"],
    [[], { DAYWATCH_HTTP_PORT: 'many' }, 'DAYWATCH_HTTP_PORT'],
    [[], { DAYWATCH_HEALTH_DEPENDENCY_URL: 'ftp://x' }, 'DAYWATCH_HEALTH_DEPENDENCY_URL'],
  ])('should refuse %j %j with 2', async (args, environment, said) => {
    const { code, stderr } = await run(args, environment);

    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});

async function ask(origin: string): Promise<{ readonly status: number; readonly body: Report }> {
  const answer = await fetch(`${origin}/health`);
  return { status: answer.status, body: (await answer.json()) as Report };
}

async function waitForStatus(origin: string, status: number): Promise<Report> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask(origin);
    if (answer.status === status) return answer.body;
    if (Date.now() > deadline) throw new Error(`no status ${status}: ${JSON.stringify(answer)}`);
  }
}
