import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { createPerson, readAnswer } from './_support/person.ts';

let server: CalendarServer;

beforeAll(async () => {
  server = await startCalendarServer();
});

afterAll(async () => server[Symbol.asyncDispose]());

describe('reminders', () => {
  it('should list what is to come, and of a deleted event what became of it', async () => {
    const type = createPerson({ address: server.address, user: 'ann' });
    const added = await type(
      'add',
      'Dentist',
      '2031-06-02T10:00',
      '--remind',
      '15m',
      '--remind',
      '1d',
      '--json',
    );
    const { id } = readAnswer(added);

    expect((await type('reminders')).stdout).toBe(
      'Sun 1 Jun 2031 10:00  pending  Dentist\nMon 2 Jun 2031 09:45  pending  Dentist\n',
    );
    expect((await type('reminders', 'dentist', '--status', 'sent')).stderr).toContain('no such reminders');
    await type('remove', id, '--yes');
    expect((await type('reminders', id)).stdout).toMatch(/10:00 {2}cancelled {2}Dentist\n/);
  });

  it('should be told for programs in the shape of the HTTP API', async () => {
    const type = createPerson({ address: server.address, user: 'bob' });
    await type('add', 'Dentist', '2031-06-02T10:00', '--remind', '15m');
    const { stdout } = await type('reminders', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      notifications: [{ status: 'pending', sent_at: null, channel: null, due_at: '2031-06-02T07:45:00Z' }],
      next_page_token: '',
    });
  });

  it('should refuse a status that there is not', async () => {
    const type = createPerson({ address: server.address });
    const { exitCode, stderr } = await type('reminders', '--status', 'lost');

    expect(exitCode).toBe(2);
    expect(stderr).toContain("'lost' is invalid. Allowed choices are pending, published");
  });
});

describe('settings', () => {
  it('should show and change where reminders go', async () => {
    const type = createPerson({ address: server.address, user: 'cat' });
    expect((await type('settings')).stdout).toBe('webhook  none\n');

    const { stdout: set } = await type('settings', '--webhook', 'https://example.org/hook');
    expect(set).toMatch(/^webhook {2}https:\/\/example\.org\/hook\nsecret {3}whsec_\S+\n$/);
    expect((await type('settings')).stdout).toBe(set);
    const { stdout: renewed } = await type('settings', '--new-secret');
    expect(renewed).toContain('https://example.org/hook');
    expect(renewed).not.toBe(set);
    expect((await type('settings', '--no-webhook')).stdout).toMatch(/^webhook {2}none\n/);
  });
});
