import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { createPerson } from './_support/person.ts';
import { runShell } from './_support/process.ts';

let server: CalendarServer;
let script: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  server = await startCalendarServer();
  env = { DAYWATCH_ADDRESS: server.address, DAYWATCH_TOKEN: 'token-ann' };
  const type = createPerson({ address: server.address });
  await type('calendars', 'add', 'Work and travel');
  ({ stdout: script } = await type('completion', 'bash'));
});

afterAll(async () => server[Symbol.asyncDispose]());

/** What bash offers for the last of the words. */
async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const quoted = ['calendar_client', ...words].map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = await runShell(
    `${script}
     COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}
     $(complete -p calendar_client | sed -E 's/.*-F ([^ ]+).*/\\1/') calendar_client
     printf '%s\\n' "\${COMPREPLY[@]}"`,
    { env },
  );
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion in bash', () => {
  it.each([
    [['mo'], ['month']],
    [['c'], ['change', 'calendars', 'completion']],
    [['add', '--lo'], ['--location']],
    [['--zone', 'UTC', 'add', '--u'], ['--until']],
    [['add', '--ev'], ['--every']],
    [
      ['change', '--on'],
      ['--only', '--on', '--once'],
    ],
    [
      ['remove', '--a'],
      ['--all', '--address'],
    ],
    [['show', '--o'], ['--only']],
    [['--json', 'calendars', ''], expect.arrayContaining(['add', 'change', '--json'])],
    [['calendars', 'change', '--n'], ['--name']],
    [['day', 'tom'], ['tomorrow']],
    [['completion', ''], expect.arrayContaining(['bash', 'zsh', 'fish'])],
    [['add', '--for', ''], []],
    [['show', '--remind'], []],
    [['day', '--calendar', 'W'], ['Work\\ and\\ travel']],
    [['complete'], []],
  ])('should complete %j', async (words, expected) => {
    expect(await complete(...words)).toEqual(expected);
  });

  it('should offer nothing, and say nothing, where no server answers', async () => {
    const { stdout, stderr } = await runShell(
      `${script}
       COMP_WORDS=(calendar_client day --calendar ''); COMP_CWORD=3
       _calendar_client; printf '%s' "\${COMPREPLY[@]}"`,
      { env: { ...env, DAYWATCH_ADDRESS: '127.0.0.1:1' } },
    );
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
  });

  it('should offer every command and option that there is', async () => {
    const { stdout } = await createPerson({ address: server.address })('--help');
    const listed = [...stdout.matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map((match) => match[1] ?? '');
    const offered = await complete('');
    const commands = listed.filter((name) => name !== 'help' && name !== 'calendar_client');
    expect(offered).toEqual(
      expect.arrayContaining([...commands, '--address', '--json', '--help', '--version']),
    );
  });
});

describe('completion in zsh and fish', () => {
  it.each(['zsh', 'fish'])('should name every command and the words of options in %s', async (shell) => {
    const { exitCode, stdout } = await createPerson({ address: server.address })('completion', shell);
    expect(exitCode).toBe(0);
    for (const name of ['add', 'change', 'remove', 'month', 'calendars', 'completion'])
      expect(stdout).toContain(name);
    expect(stdout).toContain('complete-calendars --timeout 1s');
  });
});
