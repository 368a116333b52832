import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { createPerson, readAnswer, type Answer, type Outcome } from './_support/person.ts';

let server: CalendarServer;
let type: (...argv: readonly string[]) => Promise<Outcome>;
const servers: CalendarServer[] = [];

beforeEach(async () => {
  server = await startCalendarServer();
  servers.push(server);
  type = createPerson({ address: server.address });
});

afterAll(async () => {
  for (const each of servers) await each[Symbol.asyncDispose]();
});

async function json(...argv: readonly string[]): Promise<Answer> {
  return readAnswer(await type(...argv, '--json'));
}

describe('add', () => {
  it.each([
    [['tomorrow', '9:00', '--for', '45m'], '2026-11-19T09:00:00+01:00', '2026-11-19T09:45:00+01:00'],
    [['mon', '10:30-12:00'], '2026-11-23T10:30:00+01:00', '2026-11-23T12:00:00+01:00'],
    [['fri', '22:00', '--until', '1:00'], '2026-11-20T22:00:00+01:00', '2026-11-21T01:00:00+01:00'],
    [['in', '2', 'hours'], '2026-11-18T17:20:00+01:00', '2026-11-18T18:20:00+01:00'],
    [['2026-11-23T09:00-05:00'], '2026-11-23T15:00:00+01:00', '2026-11-23T16:00:00+01:00'],
    [['20 dec', '--until', '24 dec'], '2026-12-20', '2026-12-25'],
    [['sat', '--for', '2d'], '2026-11-21', '2026-11-23'],
    [['sat'], '2026-11-21', '2026-11-22'],
  ])('should understand %j', async (when, start, end) => {
    const event = await json('add', 'Something', ...when);
    expect(event).toMatchObject({ title: 'Something', start, end, time_zone: 'Europe/Berlin' });
  });

  it('should send all that was said and answer the event in the shape of the HTTP API', async () => {
    await type('calendars', 'add', 'Work');
    const id = '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
    const event = await json(
      'add',
      'Dentist',
      'tomorrow',
      '9:00',
      '--remind',
      '15m',
      '--remind',
      '1d,2h',

      '--location',
      'Main street',
      '--description',
      'bring papers',
      '--free',
      '--calendar',
      'work',
      '--id',
      id,
    );
    expect(event).toMatchObject({
      id,
      uid: id,
      location: 'Main street',
      description: 'bring papers',
      notify_before: expect.arrayContaining(['PT15M', 'PT2H', 'P1D']),
      busy: false,
      recurrence: null,
      owner: 'ann',
      sequence: 0,
    });
    expect(Object.keys(event)).toContain('etag');
  });

  it('should add one event only when it is added twice with one id', async () => {
    const id = '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
    const command = ['add', 'Dentist', 'tomorrow', '9:00', '--id', id];
    expect((await type(...command)).exitCode).toBe(0);
    expect((await type(...command)).exitCode).toBe(0);
    expect((await json('day', 'tomorrow')).occurrences).toHaveLength(1);
    const other = await type('add', 'Other', 'tomorrow', '14:00', '--id', id);
    expect(other).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('exists already') });
  });

  it('should print the event on stdout and the talk on stderr', async () => {
    const { exitCode, stdout, stderr } = await type('add', 'Dentist', 'tomorrow', '9:00', '--for', '45m');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Thu 19 Nov 2026, 09:00–09:45 \(45 min\) {2}Dentist {2}[0-9a-f]{6}\n$/);
    expect(stderr).toBe('Added:\n');
  });

  it('should say what is in the way and the next free times of that length', async () => {
    await type('add', 'Dentist', 'tomorrow', '9:00', '--for', '45m');
    await type('add', 'Standup', 'tomorrow', '10:00', '--for', '15m');
    const { exitCode, stdout, stderr } = await type('add', 'Call', 'tomorrow', '9:30', '--for', '30m');
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.split('\n')).toEqual([
      'error: the time is taken',
      'In the way:',
      expect.stringMatching(/^ {2}Thu 19 Nov 2026, 09:00–09:45 \(45 min\) {2}Dentist {2}[0-9a-f]{6}$/),
      'Next free times of that length:',
      '  Thu 19 Nov 2026, 10:15–10:45 (30 min)',
      '  Fri 20 Nov 2026, 08:00–08:30 (30 min)',
      '  Sat 21 Nov 2026, 08:00–08:30 (30 min)',
      'Take the first:  calendar_client add Call 2026-11-19 10:15 --for 30min',
      'Or let it overlap with --free: it then takes no time.',
      '',
    ]);
  });

  it('should find that the command it suggests works', async () => {
    await type('add', 'Dentist', 'tomorrow', '9:00');
    const { stderr } = await type('add', 'Call Ann', 'tomorrow', '9:30', '--location', 'Room 4');
    const suggested = /Take the first: {2}calendar_client (.*)/.exec(stderr)?.[1] ?? '';
    expect(suggested).toBe('add "Call Ann" 2026-11-19 10:00 --for 1h --location "Room 4"');
    const words = [...suggested.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
    expect((await type(...words)).exitCode).toBe(0);
  });

  it('should suggest free days for whole days that take their time', async () => {
    await type('add', 'Fair', '20 dec', '--for', '2d', '--busy');
    const { stderr } = await type('add', 'Trip', '19 dec', '--for', '2d', '--busy');
    expect(stderr).toContain('Tue 22 Dec 2026 – Wed 23 Dec 2026, all day (2 days)');
  });

  it('should leave other calendars out of what is in the way', async () => {
    await type('calendars', 'add', 'Work');
    await type('add', 'Dentist', 'tomorrow', '9:00', '--for', '10h');
    expect((await type('add', 'Standup', 'tomorrow', '9:00', '--calendar', 'Work')).exitCode).toBe(0);
    const { stderr } = await type('add', 'Call', 'tomorrow', '9:00', '--calendar', 'Work');
    expect(stderr).toContain('Thu 19 Nov 2026, 10:00–11:00');
  });

  it('should answer a taken time in the shape of the HTTP API with --json', async () => {
    const { id } = await json('add', 'Dentist', 'tomorrow', '9:00');
    const { exitCode, stdout, stderr } = await type('add', 'Call', 'tomorrow', '9:30', '--json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({
      code: 409,
      error: 'date_busy',
      message: expect.stringContaining('taken'),
      details: [
        {
          event_id: id,
          recurrence_id: '2026-11-19T08:00:00Z',
          start: '2026-11-19T09:00:00+01:00',
          end: '2026-11-19T10:00:00+01:00',
        },
      ],
    });
  });

  it.each([
    [['add', 'X', 'tomorow', '9:00'], "did you mean 'tomorrow'?"],
    [['add', 'Dentist', 'again', 'tomorrow', '9:00'], 'calendar_client add "Dentist again" tomorrow 9:00'],
    [['add', 'X', 'tomorrow', '--for', '45m'], 'at what time on 2026-11-19?'],
    [['add', 'X', 'tomorrow', '9:00', '--all-day'], '--all-day takes a day'],
    [['add', 'X', 'tomorrow', '9:00', '--until', 'tomorrow 8:00'], 'is not after the start'],
    [['add', 'X', 'tomorrow', '9:00-10:00', '--for', '1h'], 'the end is given twice'],
    [['add', 'X', 'tomorrow', '9:00', '--for', '90'], 'Write 90m for minutes'],
    [['add', 'X', 'tomorrow', '9:00', '--free', '--busy'], 'take one of them'],
    [['add', 'X', 'tomorrow', '9:00', '--id', 'abc'], "'abc' is no UUID"],
    [['add', 'X', '2027-03-28 2:30'], 'clocks go from 02:00 to 03:00'],
    [['add', 'X'], "missing required argument 'when'"],
    [['add', 'X', 'now', '--remnd', '5m'], 'Did you mean --remind?'],
    [['ad', 'X'], "unknown command 'ad'"],
    [['--zone', 'Mars/Base', 'day'], "'Mars/Base' is no known time zone"],
    [['--timeout', 'soon', 'day'], "--timeout: 'soon' is not allowed"],
    [['--address', 'a b', 'day'], "'a b' is no address"],
    [['--token-file', '/none', 'day'], "cannot read '/none'"],
  ])('should refuse %j with exit status 2 and say what to type', async (argv, message) => {
    const { exitCode, stdout, stderr } = await type(...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    const asJson = await type(...argv, '--json');
    expect(JSON.parse(asJson.stderr)).toMatchObject({ code: 400, error: 'invalid_request' });
  });

  it('should name every field that the server refuses', async () => {
    const { exitCode, stderr } = await type(
      'add',
      'x'.repeat(201),
      'tomorrow',
      '9:00',
      '--location',
      'y'.repeat(1001),
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/title: has 201 characters.*\n.*location: has 1001 characters/);
  });

  it('should say what it made of a time that may be misread', async () => {
    const { stderr } = await type('add', 'X', 'next', 'friday', '9:00');
    expect(stderr).toContain("note: next is taken as next week's: Fri 27 Nov 2026");
    const past = await type('add', 'Y', '9:00');
    expect(past.stderr).toContain('note: 2026-11-18 09:00 is in the past');
  });
});
