import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startSample } from './_support/child.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('should show in the README the very main that the next test runs', () => {
  expect(read('../README.md')).toContain(read('_support/example-main.ts'));
});

it('should start, answer and stop as the README says', async () => {
  await using child = startSample({ DAYWATCH_HTTP_PORT: '0' }, 'example-main.ts');
  await child.says('"msg":"example runs"');
  const url = `http://localhost:${/"port":(\d+)/.exec(child.stdout())?.[1]}`;

  expect(await (await fetch(`${url}/hello`)).json()).toEqual({ hello: 'world' });
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain(
    'api_requests_total{protocol="http",method="Hello",code="200"} 1',
  );
  child.process.kill('SIGTERM');

  expect(await child.exited).toBe(0);
});
