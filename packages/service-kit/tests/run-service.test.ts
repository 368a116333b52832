import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startSample } from './_support/child.ts';
import type { Child } from './_support/child.ts';
import { waitFor } from './_support/wait-for.ts';

describe('runService', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'should let work in flight finish after %s, and exit with 0',
    async (signal) => {
      await using child = startSample();
      const url = await urlOf(child);
      const slow = fetch(`${url}/slow`);
      await child.says('slow began');

      child.process.kill(signal);

      expect(await (await slow).text()).toBe('done');
      expect(await child.exited).toBe(0);
      expect(child.stdout()).toContain('sample has stopped');
      await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
    },
  );

  it('should cut off work that takes longer than shutdown.timeout, and exit with 0', async () => {
    await using child = startSample({ DAYWATCH_SHUTDOWN_TIMEOUT: '50ms' });
    const slow = fetch(`${await urlOf(child)}/slow`).catch(() => 'cut off');
    await child.says('slow began');

    child.process.kill('SIGTERM');

    expect(await slow).toBe('cut off');
    expect(await child.exited).toBe(0);
    expect(child.stdout()).toContain('were not done after');
  });

  it('should exit at once when a second signal comes', async () => {
    await using child = startSample({ SAMPLE: 'hangs', DAYWATCH_SHUTDOWN_TIMEOUT: '1h' });
    await child.says('listening');

    child.process.kill('SIGTERM');
    await child.says('sample stops');
    child.process.kill('SIGTERM');

    expect(await child.exited).toBe(1);
    expect(child.stdout()).toContain('came a second time');
  });

  it('should stop during a start that never ends', async () => {
    await using child = startSample({ SAMPLE: 'hangs-in-start', DAYWATCH_SHUTDOWN_TIMEOUT: '50ms' });
    await child.says('hanging');

    child.process.kill('SIGTERM');

    expect(await child.exited).toBe(0);
    expect(child.stdout()).toContain('is left behind');
  });

  it('should exit with 1 when something never stops', async () => {
    await using child = startSample({ SAMPLE: 'hangs', DAYWATCH_SHUTDOWN_TIMEOUT: '0s' });
    await child.says('listening');

    child.process.kill('SIGTERM');

    expect(await child.exited).toBe(1);
    expect(child.stdout()).toContain('the exit is forced');
  });

  it.each([
    ['throws', 'thrown at password=***'],
    ['rejects', 'nobody caught this'],
  ])('should log what nothing handled (%s), stop in order and exit with 1', async (SAMPLE, message) => {
    await using child = startSample({ SAMPLE });

    expect(await child.exited).toBe(1);
    expect(child.stdout()).toContain(message);
    expect(child.stdout()).toContain('sample has stopped');
    expect(child.stderr()).toMatch(/^sample: an error that nothing handled: [^\n]+\n$/);
    expect(child.stdout() + child.stderr()).not.toContain('hunter2');
  });

  it('should exit with 2 and one line when the configuration is wrong', async () => {
    await using child = startSample({ DAYWATCH_HTTP_PORT: 'eighty' });

    expect(await child.exited).toBe(2);
    expect(child.stderr()).toBe(
      "sample: http.port (from DAYWATCH_HTTP_PORT): 'eighty' is not allowed; allowed is a whole number from 0 to 65535\n",
    );
    expect(child.stdout()).toBe('');
  });

  it('should exit with 2 when the log file cannot be opened', async () => {
    await using child = startSample({ DAYWATCH_LOG_FILE: '/nowhere/at/all.log' });

    expect(await child.exited).toBe(2);
    expect(child.stderr()).toMatch(/^sample: log_file: '\/nowhere\/at\/all\.log' cannot be opened [^\n]+\n$/);
  });

  it('should exit with 1 and one line when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await waitFor('the other program listens', () => other.listening);
    const port = String((other.address() as AddressInfo).port);

    await using child = startSample({ DAYWATCH_HTTP_PORT: port });

    expect(await child.exited).toBe(1);
    expect(child.stderr()).toBe(
      `sample: port ${port} on 127.0.0.1 is in use by another program; choose another with http.port or DAYWATCH_HTTP_PORT\n`,
    );
    other.close();
  });

  it('should exit with 1 when the start fails, after what it had built is gone', async () => {
    await using child = startSample({ SAMPLE: 'bad-start' });

    expect(await child.exited).toBe(1);
    expect(child.stderr()).toBe('sample: the start is not possible\n');
    expect(child.stdout()).toContain('sample has stopped');
  });

  it('should log a warning for a variable that nothing reads', async () => {
    await using child = startSample({ DAYWATCH_HTTP_PROT: '1' });

    await child.says('did you mean DAYWATCH_HTTP_PORT?');
  });
});

async function urlOf(child: Child): Promise<string> {
  await child.says('"msg":"listening"');
  return `http://127.0.0.1:${/"port":(\d+)/.exec(child.stdout())?.[1]}`;
}
