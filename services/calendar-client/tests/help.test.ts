import { describe, expect, it } from 'vitest';
import { createPerson } from './_support/person.ts';

const NOBODY = '127.0.0.1:1';
const COMMANDS = [
  'add',
  'show',
  'change',
  'remove',
  'day',
  'week',
  'month',
  'free',
  'calendars',
  'reminders',
  'settings',
  'completion',
];

describe('help', () => {
  it.each([...COMMANDS, 'calendars add', 'calendars change'])('should give examples of %s', async (name) => {
    const { exitCode, stdout } = await createPerson({ address: NOBODY })(...name.split(' '), '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\\n.*calendar_client ${name}`));
    expect(stdout).toContain('--address');
  });

  it('should list every command', async () => {
    const { stdout } = await createPerson({ address: NOBODY })('--help');
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(stdout).not.toContain('complete-calendars');
  });

  it('should be shown with exit status 2 where nothing is asked for', async () => {
    const { exitCode, stdout, stderr } = await createPerson({ address: NOBODY })();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Usage: calendar_client');
  });
});
