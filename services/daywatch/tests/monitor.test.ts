import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startDaywatch, type Daywatch } from './_support/daywatch.ts';
import { makeUsedFolder, removeTemplate } from './_support/folder.ts';
import { MAIN, runProgram } from './_support/run-program.ts';
import { waitFor } from './_support/wait-for.ts';

afterAll(removeTemplate);

/** gometr warns where the machine is busy. */
const GOOD = new Set(['pass', 'warn']);

interface Target {
  readonly domain: string;
  readonly state: string;
}

describe('daywatch run', () => {
  it('should watch gometr, the calendar and itself out of the box, and no check fail when it stops', async () => {
    await using folder = await makeUsedFolder();
    await using daywatch = await startDaywatch(folder);

    await waitFor('three targets that are well', async () => {
      const targets = await ask<readonly Target[]>(daywatch, '/api/v1/targets');
      return targets.length === 3 && targets.every(({ state }) => GOOD.has(state)) ? true : undefined;
    });

    const targets = await ask<readonly Target[]>(daywatch, '/api/v1/targets');
    expect(targets.map(({ domain }) => domain).sort()).toEqual(['calendar', 'gometr', 'monitor']);
    for (const path of ['/gometr/health', '/parts/calendar/health', '/parts/monitor/health']) {
      expect((await fetch(`${daywatch.url}${path}`)).status).toBe(200);
    }
    const up = await ask<readonly { readonly value: number }[]>(daywatch, '/api/v1/metrics?name=up');
    expect(up.length).toBeGreaterThanOrEqual(3);
    expect(await (await fetch(`${daywatch.url}/parts/monitor/metrics`)).text()).toContain(
      'monitor_targets_watched 3',
    );
    // In one process there is one text of metrics.
    expect(await (await daywatch.fetch('/metrics')).text()).toContain('monitor_checks_total{status="pass"}');
    expect(await daywatch.stop()).toMatchObject({ code: 0, stderr: '' });

    await using again = await startDaywatch(folder);
    const checks = await ask<readonly { readonly status: string }[]>(again, '/api/v1/checks?num=1000');
    expect(new Set(checks.map(({ status }) => status))).toEqual(new Set(['pass']));
    expect(await again.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('should watch what its configuration names as well, and refuse a name that is taken', async () => {
    await using folder = await makeUsedFolder();
    const file = join(folder.path, 'daywatch.yaml');
    await writeFile(
      file,
      'targets:\n  - name: nowhere\n    url: http://127.0.0.1:1\n    interval: 1s\n    timeout: 1s\n',
    );
    {
      await using daywatch = await startDaywatch(folder, { command: commandWith(file) });
      await waitFor('the target of the configuration', async () => {
        const targets = await ask<readonly Target[]>(daywatch, '/api/v1/targets');
        return targets.find(({ domain }) => domain === '127.0.0.1:1')?.state === 'fail' ? true : undefined;
      });
    }

    await writeFile(file, 'targets:\n  - name: gometr\n    url: http://127.0.0.1:1\n');
    const env = { DAYWATCH_HTTP_PORT: '0' };
    const refused = await runProgram(['run'], { cwd: folder.path, env, command: commandWith(file) });
    expect(refused).toMatchObject({
      code: 2,
      stderr: "daywatch: targets: two have the name 'gometr'; each has its own\n",
    });
  });
});

async function ask<T>(daywatch: Daywatch, path: string): Promise<T> {
  return (await (await daywatch.fetch(path)).json()) as T;
}

/** The words before `run`. */
function commandWith(file: string): readonly string[] {
  return [process.execPath, MAIN, `--config=${file}`];
}
