import { describe, expect, it } from 'vitest';
import { runWorker } from '../../../tests/_support/worker-process.ts';

const DSN = { DAYWATCH_STORAGE_DSN: 'postgres://nobody@127.0.0.1:1/nothing' };

describe.each(['calendar-scheduler', 'calendar-sender'] as const)('%s', (name) => {
  const executable = name.replace('-', '_');

  it('should explain itself with --help, and say its version', async () => {
    const help = await runWorker(name, ['--help']);
    const version = await runWorker(name, ['--version']);

    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain(`Usage: ${executable}`);
    expect(help.stdout).toContain(
      'Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.',
    );
    expect(version).toEqual({ code: 0, stdout: `${executable} 0.1.0\n`, stderr: '' });
  });

  it.each([
    ['no database', {}, 'storage.dsn'],
    [
      'memory, which it could not share',
      { ...DSN, DAYWATCH_STORAGE_TYPE: 'memory' },
      "'memory' is not allowed; allowed is postgres",
    ],
    ['RabbitMQ without an address', { ...DSN, DAYWATCH_QUEUE_TYPE: 'rabbitmq' }, 'queue.url'],
    ['an unknown queue', { ...DSN, DAYWATCH_QUEUE_TYPE: 'kafka' }, 'queue.type'],
  ])('should refuse in one line, with 2: %s', async (_, env, said) => {
    const { code, stderr } = await runWorker(name, [], env);

    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(new RegExp(`^${executable}: `));
    expect(stderr).toContain(said);
  });

  it('should say by the command health that nobody runs', async () => {
    const { code, stdout, stderr } = await runWorker(name, ['health'], { ...DSN, DAYWATCH_HTTP_PORT: '1' });

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      `${executable}: http://127.0.0.1:1/health/ready does not answer as a process of Daywatch does`,
    );
  });

  it('should refuse a word too many, and a file that is missing', async () => {
    const word = await runWorker(name, ['serve'], DSN);
    const file = await runWorker(name, ['--config=/nowhere/x.yaml']);

    expect([word.code, file.code]).toEqual([2, 2]);
    expect(file.stderr).toContain('--config=/nowhere/x.yaml cannot be read');
  });
});

it('should refuse a period that is none', async () => {
  const { code, stderr } = await runWorker('calendar-scheduler', [], {
    ...DSN,
    DAYWATCH_SCHEDULER_KEEP: '1 year',
  });

  expect(code).toBe(2);
  expect(stderr).toContain('allowed is a period such as P1Y, P18M or P90D');
});

it('should refuse a network that is none', async () => {
  const env = { ...DSN, DAYWATCH_SENDER_ALLOW_NETWORKS: 'localhost' };

  const { code, stderr } = await runWorker('calendar-sender', [], env);

  expect(code).toBe(2);
  expect(stderr).toContain('sender.allow_networks');
});
