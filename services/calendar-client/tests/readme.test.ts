import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { createPerson } from './_support/person.ts';
import { runShell } from './_support/process.ts';

let server: CalendarServer;

beforeAll(async () => {
  server = await startCalendarServer();
});

afterAll(async () => server[Symbol.asyncDispose]());

describe('the tour of the README', () => {
  it('should work as it is written, command by command', { timeout: 300_000 }, async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const blocks = [...readme.matchAll(/```sh\n([^]*?)```/g)].map((match) => match[1] ?? '');
    const env = { DAYWATCH_ADDRESS: server.address, DAYWATCH_TOKEN: 'token-ann', TZ: 'Europe/Berlin' };
    const { exitCode, stdout, stderr } = await runShell(`set -euo pipefail\n${blocks.join('\n')}`, { env });
    expect(stderr).not.toContain('error');
    expect(exitCode).toBe(0);
    expect(blocks).toHaveLength(7);
    for (const title of ['Dentist', 'Workshop', 'Vacation', 'Standup', 'Course', 'Rent', 'Planning', 'Work'])
      expect(stdout).toContain(title);
  });

  it('should name every command and option that there is', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const type = createPerson({ address: server.address });
    const helps = await Promise.all(
      ['', 'remove', 'reminders', 'settings'].map((name) =>
        type(...name.split(' ').filter(Boolean), '--help'),
      ),
    );
    const stdout = helps.map((help) => help.stdout).join('');
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map((match) => match[1] ?? '');
    expect(options).toContain('--only');
    for (const option of options) {
      if (!['--help', '--version'].includes(option)) expect(readme).toContain(option);
    }
  });
});
