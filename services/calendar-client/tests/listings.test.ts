import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widthOf } from '../src/text/width.ts';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { createPerson, type Outcome, type PersonOptions } from './_support/person.ts';

let server: CalendarServer;

function person(options: Partial<PersonOptions> = {}): (...argv: readonly string[]) => Promise<Outcome> {
  return createPerson({ address: server.address, ...options });
}

/** Ids are random: put a fixed text of the same width in their place. */
function withoutIds(text: string): string {
  return text.replaceAll(/(?<= {2})[0-9a-f]{6}(?= {2})/g, '######');
}

beforeAll(async () => {
  server = await startCalendarServer();
  const type = person();
  await type('calendars', 'add', 'Work');
  await type('add', 'Dentist', 'mon', '9:00', '--for', '45m', '--location', 'Main street 4');
  await type(
    'add',
    '会議 with a very long title that no narrow terminal can hold in one line',
    'mon',
    '10:00',
    '--for',
    '90m',
  );
  await type('add', 'Night train', 'mon', '22:10', '--until', 'wed 6:40');
  await type('add', 'Fair', 'mon', '--for', '2d');
  await type('add', 'Holiday', 'tue', '--busy', '--calendar', 'Work');
  await type('add', 'Party \u202e🎉', 'sun', '20:00', '--until', '24:00', '--free');
  await type('add', 'Party 🎉', 'sun', '20:00', '--until', 'mon 0:00', '--free', '--calendar', 'Work');
  await person({ zone: 'America/New_York' })('add', 'Call Ann', '2026-11-26T10:00');
});

afterAll(async () => server[Symbol.asyncDispose]());

describe('week', () => {
  it('should show every day, whole days first, and what goes on over several days on each of them', async () => {
    const { exitCode, stdout } = await person()('week', 'next');
    expect(exitCode).toBe(0);
    expect(withoutIds(stdout).split('\n')).toEqual([
      'Mon 23 Nov 2026',
      '  all day      ######  Fair · day 1 of 2',
      '  09:00–09:45  ######  Dentist · Main street 4',
      '  10:00–11:30  ######  会議 with a very long title that no narrow terminal can hold in one line',
      '  22:10–…      ######  Night train · day 1 of 3',
      '',
      'Tue 24 Nov 2026',
      '  all day      ######  Fair · day 2 of 2',
      '  all day      ######  Holiday · busy · Work',
      '  all day      ######  Night train · day 2 of 3',
      '',
      'Wed 25 Nov 2026',
      '  …–06:40      ######  Night train · day 3 of 3',
      '',
      'Thu 26 Nov 2026',
      '  16:00–17:00  ######  Call Ann · 10:00 in America/New_York',
      '',
      'Fri 27 Nov 2026  nothing',
      'Sat 28 Nov 2026  nothing',
      'Sun 29 Nov 2026  nothing',
      '',
    ]);
  });

  it.each([40, 60, 80, 140])('should never be wider than a terminal of %i columns', async (columns) => {
    const { stdout } = await person({ columns })('week', 'next');
    for (const line of stdout.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    expect(stdout).toContain('会議');
  });

  it('should use colours on a terminal only, and not with NO_COLOR', async () => {
    const colored = await person({ columns: 80, env: { NO_COLOR: '' } })('week', 'next');
    expect(colored.stdout).toContain('\u001b[1m');
    const plain = await person({ columns: 80, env: { NO_COLOR: '1' } })('week', 'next');
    const piped = await person({ env: { NO_COLOR: '' } })('week', 'next');
    expect(plain.stdout + piped.stdout).not.toContain('\u001b');
  });

  it('should do with ASCII signs where the locale has no others', async () => {
    const { stdout } = await person({ env: { LC_ALL: 'C' } })('day', 'mon');
    expect(stdout).toContain('09:00-09:45');
  });
});

describe('day', () => {
  it('should show the day in the zone of the person', async () => {
    const { stdout } = await person({ zone: 'America/New_York' })('day', '2026-11-26');
    expect(withoutIds(stdout)).toBe('Thu 26 Nov 2026\n  10:00–11:00  ######  Call Ann\n');
  });

  it('should list only the calendar that is asked for', async () => {
    const { stdout } = await person()('day', '24 nov', '--calendar', 'Work', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ occurrences: [{ title: 'Holiday' }], next_page_token: '' });
  });

  it('should say kindly that there is nothing', async () => {
    const { exitCode, stderr } = await person()('day', '2031-01-01');
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      'You have nothing on Wednesday 1 January 2031. Add something: calendar_client add "Lunch" 2031-01-01 12:00\n',
    );
  });

  it('should show an event that ends at midnight on its own day only', async () => {
    const { stdout } = await person()('day', 'sun', '--calendar', 'Work');
    expect(withoutIds(stdout)).toBe('Sun 22 Nov 2026\n  20:00–24:00  ######  Party 🎉 · free\n');
    const monday = await person()('day', 'mon', '--calendar', 'Work', '--json');
    expect(JSON.parse(monday.stdout).occurrences).toEqual([]);
  });
});

describe('month', () => {
  it('should put a small calendar on top of the days that have something', async () => {
    const { stdout } = await person()('month');
    const lines = withoutIds(stdout).split('\n');
    expect(lines.slice(0, 8)).toEqual([
      'November 2026',
      ' Mo  Tu  We  Th  Fr  Sa  Su',
      '                          1',
      '  2   3   4   5   6   7   8',
      '  9  10  11  12  13  14  15',
      ' 16  17 >18  19  20  21  22*',
      ' 23* 24* 25* 26* 27  28  29',
      ' 30',
    ]);
    expect(lines).toContain('Sun 22 Nov 2026');
    expect(lines).not.toContain('Fri 27 Nov 2026');
  });

  it.each([
    ['december', 'December 2026'],
    ['2027-02', 'February 2027'],
    ['january', 'January 2027'],
    ['last', 'October 2026'],
    ['15 dec', 'Tue 15 Dec 2026 to Thu 14 Jan 2027'],
  ])('should understand %s', async (typed, title) => {
    const { stdout } = await person()('month', ...typed.split(' '));
    expect(stdout.split('\n')[0]).toBe(title);
  });
});

describe('free', () => {
  it('should find the gaps of a day within working hours', async () => {
    const { stdout } = await person()('free', 'mon');
    expect(stdout).toBe('Mon 23 Nov 2026\n  11:30–17:00  5 h 30 min\n');
    const early = await person()('free', 'mon', '--hours', '7:30-12', '--length', '15m');
    expect(early.stdout).toBe(
      'Mon 23 Nov 2026\n  07:30–09:00  1 h 30 min\n  09:45–10:00  15 min\n  11:30–12:00  30 min\n',
    );
  });

  it('should leave out what is past, weekends, and days that are taken', async () => {
    const { stdout } = await person()('free', 'week');
    expect(stdout.split('\n').filter((line) => line.startsWith(' '))).toEqual([
      '  15:20–17:00  1 h 40 min',
      '  09:00–17:00  8 h',
      '  09:00–17:00  8 h',
    ]);
    const work = await person()('free', 'tue', '--calendar', 'Work', '--json');
    expect(JSON.parse(work.stdout).free).toEqual([]);
  });

  it('should answer busy and free times to a program', async () => {
    const { stdout } = await person()('free', 'mon', '--json');
    expect(JSON.parse(stdout)).toEqual({
      busy: [
        { start: '2026-11-23T08:00:00Z', end: '2026-11-23T08:45:00Z' },
        { start: '2026-11-23T09:00:00Z', end: '2026-11-23T10:30:00Z' },
      ],
      free: [{ start: '2026-11-23T10:30:00Z', end: '2026-11-23T16:00:00Z' }],
    });
  });

  it('should say what to try where nothing is free', async () => {
    const { exitCode, stdout, stderr } = await person()('free', 'tue');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toMatch(/No 30 min are free on Tue 24 Nov 2026 between 9 and 17/);
  });

  it.each([
    [['--hours', '17-9'], "--hours: '17-9' is not allowed"],
    [['--length', '2d'], "--length: '2d' is not allowed"],
    [['--days', '0'], "--days: '0' is not allowed"],
  ])('should refuse %j', async (options, message) => {
    const { exitCode, stderr } = await person()('free', ...options);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});

describe('calendars', () => {
  it('should list, add and change them', async () => {
    const type = person({ user: 'bob' });
    const { stdout } = await type('calendars');
    expect(stdout).toMatch(/^\* Europe\/Berlin {2}[0-9a-f-]{36} {2}Calendar\n$/);
    await type('calendars', 'add', 'Play', '--time-zone', 'America/New_York');
    const changed = await type('calendars', 'change', 'pl', '--name', 'Sport', '--json');
    expect(JSON.parse(changed.stdout)).toMatchObject({
      name: 'Sport',
      time_zone: 'America/New_York',
      default: false,
    });
    const list = await type('calendars', '--json');
    expect(JSON.parse(list.stdout).calendars.map((calendar: { name: string }) => calendar.name)).toEqual([
      'Calendar',
      'Sport',
    ]);
  });

  it('should say which there are where one is not found', async () => {
    const { exitCode, stderr } = await person()('day', '--calendar', 'Wrok');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Calendar, Work'),
    });
  });
});

describe('text from events', () => {
  it('should never reach the terminal raw', async () => {
    const type = person({ user: 'eve', columns: 80 });
    // The server refuses C0 control characters; C1 and the overrides of direction are left to us.
    const { stdout } = await type(
      'add',
      'a\u009b31mb\u202ec',
      'fri',
      '9:00',
      '--location',
      '\u009d0;x',
      '--description',
      '\u0085\u2028',
    );
    const [id = ''] = /[0-9a-f]{6}$/m.exec(stdout.trimEnd()) ?? [];
    const outcomes = await Promise.all([
      type('week'),
      type('month'),
      type('show', id),
      type('show', id, '--json'),
      type('add', 'again', 'fri', '9:00'),
      type('change', 'b'),
    ]);
    const shown = stdout + outcomes.map((outcome) => outcome.stdout + outcome.stderr).join('');
    expect(shown).toContain('a<U+009B>31mb<U+202E>c');
    expect(shown).not.toMatch(/[\u0080-\u009f\u202a-\u202e\u2066-\u2069\u2028]/);
  });
});
