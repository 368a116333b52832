import type { Event, EventId, UserId } from '@daywatch/calendar';
import { updateEvent } from '@daywatch/calendar';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { createPerson, readAnswer, type Answer, type Outcome } from './_support/person.ts';

let server: CalendarServer;
let type: (...argv: readonly string[]) => Promise<Outcome>;
let id: string;
const servers: CalendarServer[] = [];

beforeEach(async () => {
  server = await startCalendarServer();
  servers.push(server);
  type = createPerson({ address: server.address });
  ({ id } = JSON.parse((await type('add', 'Dentist', 'tomorrow', '9:00', '--for', '45m', '--json')).stdout));
});

afterAll(async () => {
  for (const each of servers) await each[Symbol.asyncDispose]();
});

async function json(...argv: readonly string[]): Promise<Answer> {
  return readAnswer(await type(...argv, '--json'));
}

describe('the event that is meant', () => {
  it('should be found by its last digits, its first digits, the whole id, and words of its title', async () => {
    for (const name of [
      id.slice(-6),
      id.slice(-4),
      id.slice(0, 13),
      id,
      id.replaceAll('-', '').toUpperCase(),
      'dent',
    ]) {
      expect((await json('show', name)).id).toBe(id);
    }
  });

  it('should be found far from today', async () => {
    const far = await json('add', 'Far', '2033-05-06', '9:00');
    expect((await json('show', far.id.slice(-6))).title).toBe('Far');
  });

  it('should be asked for where there are several', async () => {
    await type('add', 'Dentist again', 'fri', '9:00');
    const { exitCode, stderr } = await type('show', 'dentist');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/may be any of 2 events/);
    expect(stderr).toContain('Dentist again  (Fri 20 Nov 2026, 09:00–10:00 (1 h))');
  });

  it('should not be guessed by a title where something is changed', async () => {
    for (const command of ['change', 'remove']) {
      const { exitCode, stderr } = await type(command, 'dentist', ...(command === 'change' ? ['10:00'] : []));
      expect(exitCode).toBe(2);
      expect(stderr).toContain(id.slice(-6));
    }
  });

  it('should be said not to be there', async () => {
    const { exitCode, stderr } = await type('show', 'ffffff');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("no event 'ffffff'"),
    });
    expect(await json('show', '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b')).toMatchObject({
      code: 404,
      error: 'event_not_found',
    });
  });
});

describe('change', () => {
  it.each([
    [['10:00'], '2026-11-19T10:00:00+01:00', '2026-11-19T10:45:00+01:00'],
    [['next', 'friday', '14:00'], '2026-11-27T14:00:00+01:00', '2026-11-27T14:45:00+01:00'],
    [['--for', '2h'], '2026-11-19T09:00:00+01:00', '2026-11-19T11:00:00+01:00'],
    [['--until', '10:30'], '2026-11-19T09:00:00+01:00', '2026-11-19T10:30:00+01:00'],
    [['--by', '+30m'], '2026-11-19T09:30:00+01:00', '2026-11-19T10:15:00+01:00'],
    [['--by', '-1d'], '2026-11-18T09:00:00+01:00', '2026-11-18T09:45:00+01:00'],
    [['--all-day'], '2026-11-19', '2026-11-20'],
  ])('should move it: %j', async (words, start, end) => {
    expect(await json('change', id.slice(-6), ...words)).toMatchObject({ start, end, title: 'Dentist' });
  });

  it('should give a whole day a time again', async () => {
    await type('change', id, '--all-day');
    const event = await json('change', id, '11:00');
    expect(event).toMatchObject({
      all_day: false,
      start: '2026-11-19T11:00:00+01:00',
      end: '2026-11-19T12:00:00+01:00',
    });
  });

  it('should keep the length across a clock change', async () => {
    const night = await json('add', 'Night', '2027-03-27', '23:00', '--for', '6h');
    const moved = await json('change', night.id, '--by', '30m');
    expect(moved).toMatchObject({ start: '2027-03-27T23:30:00+01:00', end: '2027-03-28T06:30:00+02:00' });
  });

  it('should change the fields that are given and no others', async () => {
    await type('change', id, '--remind', '15m', '--location', 'Here', '--description', 'papers');
    const event = await json('change', id, '--title', 'Doctor', '--location', '', '--free');
    expect(event).toMatchObject({
      title: 'Doctor',
      location: '',
      description: 'papers',
      notify_before: ['PT15M'],
      busy: false,
      start: '2026-11-19T09:00:00+01:00',
    });
    expect((await json('change', id, '--remind', 'none')).notify_before).toEqual([]);
  });

  it('should not stand in its own way when it moves a little, and say what does', async () => {
    expect((await type('change', id, '9:15')).exitCode).toBe(0);
    await type('add', 'Call', 'tomorrow', '11:00');
    const { exitCode, stderr } = await type('change', id, '10:30');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/11:00–12:00 \(1 h\) {2}Call/);
    expect(stderr).toContain(`Take the first:  calendar_client change ${id.slice(-6)} 2026-11-19 12:00`);
  });

  it('should never undo what somebody else has changed in the meantime', async () => {
    const before = await json('show', id);
    await updateEvent(server.context, 'ann' as UserId, id, { title: 'Changed elsewhere' });
    const { exitCode, stderr } = await type('change', id, '--title', 'Mine', '--etag', before.etag);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--force') });
    expect((await json('show', id)).title).toBe('Changed elsewhere');
    expect((await json('change', id, '--title', 'Mine', '--force')).title).toBe('Mine');
  });

  it('should refuse the change that slips in between its look and its write', async () => {
    let sneaks = true;
    const sneaky = await startCalendarServer({
      wrap: (context) => ({
        ...context,
        events: {
          ...context.events,
          async update(user, event: EventId, ...rest): Promise<Event> {
            if (sneaks) {
              sneaks = false;
              await updateEvent(context, user, event, { title: 'Quicker' });
            }
            return context.events.update(user, event, ...rest);
          },
        },
      }),
    });
    servers.push(sneaky);
    const ann = createPerson({ address: sneaky.address });
    const added = readAnswer(await ann('add', 'Dentist', 'tomorrow', '9:00', '--json'));
    const { exitCode, stderr } = await ann('change', added.id, '10:00');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('somebody has changed the event in the meantime');
  });

  it('should say what may be changed where nothing is given', async () => {
    const { exitCode, stderr } = await type('change', id);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('nothing to change'),
    });
  });
});

describe('remove', () => {
  it('should ask on a terminal and take no for an answer', async () => {
    const shy = createPerson({ address: server.address, answer: '' });
    const { exitCode, stderr } = await shy('remove', id.slice(-6));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Dentist.*\nRemove it\? \[y\/N\] error: nothing was removed/);
    expect((await type('show', id)).exitCode).toBe(0);
  });

  it('should remove what it has shown when the answer is yes', async () => {
    const sure = createPerson({ address: server.address, answer: 'y' });
    const { exitCode, stdout } = await sure('remove', id.slice(-6));
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Dentist') });
    expect((await type('show', id)).exitCode).toBe(1);
  });

  it('should not ask with --yes, nor a program, which gets what was removed', async () => {
    const sure = createPerson({ address: server.address, answer: 'n' });
    expect((await sure('remove', id, '--json')).exitCode).toBe(0);
    expect(await json('remove', id)).toMatchObject({ code: 404, error: 'event_not_found' });
    const other = await json('add', 'Other', 'tomorrow', '9:00');
    expect((await sure('remove', other.id, '--yes')).exitCode).toBe(0);
  });
});
