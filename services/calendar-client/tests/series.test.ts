import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { createPerson, readAnswer, type Outcome } from './_support/person.ts';

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

interface SeriesAnswer {
  readonly id: string;
  readonly start: string;
  readonly recurrence: { readonly rrule: string; readonly exdates: readonly string[] } | null;
  readonly [field: string]: unknown;
}

async function json(...argv: readonly string[]): Promise<SeriesAnswer> {
  return readAnswer(await type(...argv, '--json')) as unknown as SeriesAnswer;
}

/** A standup on working days at 9:30, from Thursday 19 November on. */
async function addStandup(...more: readonly string[]): Promise<string> {
  const added = await json(
    'add',
    'Standup',
    'tomorrow',
    '9:30',
    '--for',
    '15m',
    '--every',
    'weekday',
    ...more,
  );
  expect(added.recurrence).not.toBeNull();
  return added.id;
}

/** The days and times of a week in November or December, without ids. */
async function week(day: string): Promise<readonly string[]> {
  const { stdout } = await type('week', day, '--json');
  const { occurrences } = JSON.parse(stdout) as {
    occurrences: readonly { title: string; start: string }[];
  };
  return occurrences.map(({ title, start }) => `${start.slice(5, 16)} ${title}`);
}

describe('add what repeats', () => {
  it.each([
    [['mon', '9:00', '--every', 'week'], 'FREQ=WEEKLY', '2026-11-23T09:00:00+01:00'],
    [['sat', '9:00', '--every', 'weekday'], 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-11-23T09:00:00+01:00'],
    [
      ['mon', '9:00', '--every', '2', 'weeks', '--on', 'tue,thu', '--until', '2027-06-30'],
      'FREQ=WEEKLY;INTERVAL=2;UNTIL=20270630T215959Z;BYDAY=TU,TH',
      '2026-11-24T09:00:00+01:00',
    ],
    [['mon', '9:00', '--every', 'day', '--times', '10'], 'FREQ=DAILY;COUNT=10', '2026-11-23T09:00:00+01:00'],
    [
      ['fri', '22:00', '--until', '1:00', '--every', 'week', 'until', 'june'],
      'FREQ=WEEKLY;UNTIL=20270630T215959Z',
      '2026-11-20T22:00:00+01:00',
    ],
    [['24', 'dec', '--every', 'year'], 'FREQ=YEARLY', '2026-12-24'],
    [['1', 'dec', '--every', 'month', '--until', '1 jun'], 'FREQ=MONTHLY;UNTIL=20270601', '2026-12-01'],
    [
      ['mon', '9:00', '--rrule', 'rrule:freq=monthly;byday=-1fr;count=3'],
      'FREQ=MONTHLY;COUNT=3;BYDAY=-1FR',
      '2026-11-23T09:00:00+01:00',
    ],
  ])('should understand %j', async (words, rrule, start) => {
    expect(await json('add', 'Something', ...words)).toMatchObject({ start, recurrence: { rrule } });
  });

  it('should keep the length when the first day is another than the typed one', async () => {
    const event = await json('add', 'Night', 'sat', '22:00', '--until', '6:00', '--every', 'tue');
    expect(event).toMatchObject({ start: '2026-11-24T22:00:00+01:00', end: '2026-11-25T06:00:00+01:00' });
  });

  it('should show the rule in words and the next dates before it saves', async () => {
    const command = [
      'add',
      'Standup',
      'sat',
      '9:30',
      '--for',
      '15m',
      '--every',
      'weekday',
      '--until',
      '18 dec',
    ];
    const { exitCode, stdout, stderr } = await type(...command);
    expect(exitCode).toBe(0);
    expect(stderr.split('\n')).toEqual([
      'note: the first day of these is Mon 23 Nov 2026',
      'Every weekday:',
      '  Mon 23 Nov 2026, 09:30',
      '  Tue 24 Nov 2026, 09:30',
      '  Wed 25 Nov 2026, 09:30',
      '  Thu 26 Nov 2026, 09:30',
      '  Fri 27 Nov 2026, 09:30',
      '  … until Fri 18 Dec 2026, 09:30',
      'Added:',
      '',
    ]);
    expect(stdout).toMatch(
      /^Mon 23 Nov 2026, 09:30–09:45 \(15 min\) {2}Standup {2}[0-9a-f]{6} {2}every weekday, the last on Fri 18 Dec 2026\n$/,
    );
  });

  it('should ask on a terminal, and save nothing when the answer is no', async () => {
    const shy = createPerson({ address: server.address, answer: 'n' });
    const command = ['add', 'Standup', 'tomorrow', '9:30', '--every', 'day'];
    const { exitCode, stdout, stderr } = await shy(...command);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(
      /Every day:\n {2}Thu 19 Nov 2026, 09:30\n[^]*Add it\? \[Y\/n\] error: nothing was saved/,
    );
    expect(await week('tomorrow')).toEqual([]);
    expect((await shy(...command, '--yes')).exitCode).toBe(0);
    expect(await week('tomorrow')).toHaveLength(7);
  });

  it('should save when the answer is only Enter', async () => {
    const sure = createPerson({ address: server.address, answer: '' });
    expect((await sure('add', 'Standup', 'tomorrow', '9:30', '--every', 'day')).exitCode).toBe(0);
  });

  it('should leave out days, and say so where nothing would be on them', async () => {
    const except = ['--except', 'tue,sat', '--except', '26 nov'];
    const { stderr } = await type('add', 'Standup', 'mon', '9:30', '--every', 'weekday', ...except);
    expect(stderr).toContain('note: it would not take place on Sat 28 Nov 2026 anyway, by its rule');
    expect(await week('next')).toEqual(['11-23T09:30 Standup', '11-25T09:30 Standup', '11-27T09:30 Standup']);
  });

  it.each([
    [['--every', 'wek'], "'wek' is not understood here"],
    [['--every', 'week', '--rrule', 'FREQ=DAILY'], '--rrule says all about repeating'],
    [['--rrule', 'FREQ=FORTNIGHTLY'], '--rrule: FREQ'],
    [['--rrule', 'FREQ=DAILY;UNTIL=20270101'], '--rrule: UNTIL must be a UTC time'],
    [['--on', 'tue'], '--on needs --every'],
    [['--times', '3'], '--times needs --every'],
    [['--except', 'fri'], '--except needs --every or --rrule'],
    [['--every', 'day', '--times', '0'], "--times: '0' is not allowed"],
    [['--every', 'day', '--times', '3', '--until', 'june'], 'the end of the repetition is given twice'],
    [['--every', 'day 3 times', '--until', 'june'], 'the end of the repetition is given twice'],
    [['--every', 'day', '--until', 'yesterday'], 'is before the first'],
  ])('should refuse %j and say what is wrong', async (words, message) => {
    const { exitCode, stderr } = await type('add', 'X', 'tomorrow', '9:00', ...words);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });

  it('should say what clashes with which, and when none of them would', async () => {
    await addStandup();
    const { exitCode, stderr } = await type(
      'add',
      'Sync',
      'mon',
      '9:30',
      '--for',
      '30m',
      '--every',
      'mon',
      '--times',
      '4',
    );
    expect(exitCode).toBe(1);
    expect(stderr.split('\n').slice(5)).toEqual([
      'error: the time is taken',
      'In the way:',
      expect.stringMatching(/^ {2}Mon 23 Nov 2026, 09:30–09:45 \(15 min\) {2}Standup {2}[0-9a-f]{6}$/),
      expect.stringMatching(/^ {2}Mon 30 Nov 2026, 09:30–09:45/),
      expect.stringMatching(/^ {2}Mon 7 Dec 2026, 09:30–09:45/),
      expect.stringMatching(/^ {2}Mon 14 Dec 2026, 09:30–09:45/),
      'All of its times clash.',
      'Times at which none of the first 4 clashes:',
      '  09:45–10:15',
      '  10:00–10:30',
      '  09:00–09:30',
      'Take the first:  calendar_client add Sync 2026-11-23 09:45 --for 30min --every mon --times 4',
      'Or let it overlap with --free: it then takes no time.',
      '',
    ]);
    const suggested = /Take the first: {2}calendar_client (.*)/.exec(stderr)?.[1] ?? '';
    expect((await type(...suggested.split(' '))).exitCode).toBe(0);
  });

  it('should offer to leave out the few days that clash', async () => {
    await type('add', 'Dentist', '25 nov', '9:00');
    const command = ['add', 'Standup', 'mon', '9:30', '--for', '15m', '--every', 'weekday', '--times', '10'];
    const { stderr } = await type(...command);
    expect(stderr).toContain('Of its first 10 times 1 clash.');
    expect(stderr).toContain('Or leave out what clashes:  --except 2026-11-25');
    expect((await type(...command, '--except', '2026-11-25')).exitCode).toBe(0);
  });
});

describe('look at what repeats', () => {
  it('should mark it in listings, and one that was changed apart', async () => {
    const id = await addStandup();
    await type('change', id, '11:00', '--only', 'fri');
    const { stdout } = await type('week', '19 nov');
    expect(stdout).toMatch(/Thu 19 Nov 2026 {2}tomorrow\n {2}09:30–09:45 {2}[0-9a-f]{6} {2}Standup · ↻\n/);
    expect(stdout).toMatch(/Fri 20 Nov 2026\n {2}11:00–11:15 {2}[0-9a-f]{6} {2}Standup · ↻ changed\n/);
    const ascii = createPerson({ address: server.address, env: { LC_ALL: 'C' } });
    expect((await ascii('week', '19 nov')).stdout).toContain('Standup - repeats changed');
  });

  it('should show the rule, what comes next, what is left out and what is apart from it', async () => {
    const id = await addStandup('--except', '23 nov', '--until', '30 jun');
    await type('change', id, '25 nov 10:00', '--only', '24 nov', '--title', 'Standup with guests');
    const { stdout } = await type('show', id);
    expect(stdout.split('\n').slice(0, 10)).toEqual([
      'Standup',
      '  First      Thu 19 Nov 2026, 09:30–09:45 (15 min)',
      '  Zone       Europe/Berlin',
      '  Repeats    every weekday, the last on Wed 30 Jun 2027',
      '  Rule       FREQ=WEEKLY;UNTIL=20270630T215959Z;BYDAY=MO,TU,WE,TH,FR',
      '  Next       Thu 19 Nov 2026, 09:30–09:45 (15 min)',
      '             Fri 20 Nov 2026, 09:30–09:45 (15 min)',
      '             Wed 25 Nov 2026, 09:30–09:45 (15 min)',
      '  Left out   Mon 23 Nov 2026, 09:30',
      '  Apart      Tue 24 Nov 2026, 09:30: Wed 25 Nov 2026, 10:00–10:15 (15 min), Standup with guests',
    ]);
    const one = await type('show', id, '--only', '24 nov');
    expect(one.stdout.split('\n').slice(0, 4)).toEqual([
      'Standup with guests',
      '  When       Wed 25 Nov 2026, 10:00–10:15 (15 min)',
      '  Zone       Europe/Berlin',
      '  One of     a series; by its rule on Tue 24 Nov 2026, 09:30',
    ]);
  });

  it('should leave the times of a series out of what is free', async () => {
    await addStandup();
    const { stdout } = await type('free', 'fri');
    expect(stdout).toBe('Fri 20 Nov 2026\n  09:00–09:30  30 min\n  09:45–17:00  7 h 15 min\n');
  });
});

describe('change what repeats', () => {
  it('should want to know what of it is meant', async () => {
    const id = await addStandup();
    for (const command of [
      ['change', id, '10:00'],
      ['remove', id],
    ]) {
      const { exitCode, stderr } = await type(...command);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(
        /'Standup' repeats \(every weekday, without an end\); say what of it is meant:\n/,
      );
      expect(stderr).toMatch(/--only[^]*--from[^]*--all/);
    }
    const { stderr } = await type('change', id, '10:00', '--only', 'thu', '--all');
    expect(stderr).toContain('--only, --from and --all exclude each other');
    expect(await week('tomorrow')).toContain('11-19T09:30 Standup');
  });

  it('should move one of it, by the day that it is on or was on, and find it again', async () => {
    const id = await addStandup();
    const moved = await json('change', id, 'fri', '14:00', '--only', 'thu');
    expect(moved).toMatchObject({
      id,
      recurrence_id: '2026-11-19T08:30:00Z',
      start: '2026-11-20T14:00:00+01:00',
      recurrence: null,
    });
    const again = await json('change', id, '--by', '+30m', '--only', 'thu');
    expect(again).toMatchObject({
      recurrence_id: '2026-11-19T08:30:00Z',
      start: '2026-11-20T14:30:00+01:00',
    });
    expect((await week('tomorrow')).slice(0, 3)).toEqual([
      '11-20T09:30 Standup',
      '11-20T14:30 Standup',
      '11-23T09:30 Standup',
    ]);
    const { exitCode, stderr } = await type('change', id, '10:00', '--only', 'fri');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('takes place 2 times then; name the time as well'),
    });
    expect((await json('change', id, '10:00', '--only', 'fri 9:30')).start).toBe('2026-11-20T10:00:00+01:00');
  });

  it('should count days from the one that is moved', async () => {
    const id = await addStandup();
    const moved = await json('change', id, 'sat', '14:00', '--only', '10 dec');
    expect(moved).toMatchObject({ start: '2026-12-12T14:00:00+01:00' });
    const later = await json('change', id, 'mon', '10:00', '--from', '17 dec', '--every', 'week');
    expect(later).toMatchObject({ start: '2026-12-21T10:00:00+01:00', continues: id });
  });

  it('should know the next one, and which are near where none is on the day', async () => {
    const id = await addStandup();
    expect(await json('change', id, '10:00', '--only', 'next')).toMatchObject({
      start: '2026-11-19T10:00:00+01:00',
    });
    const { exitCode, stderr } = await type('change', id, '10:00', '--only', 'sat');
    expect(exitCode).toBe(1);
    expect(stderr.split('\n')).toEqual([
      "error: 'Standup' does not take place then ('sat')",
      'Near that it does on:',
      '  Thu 19 Nov 2026, 10:00–10:15 (15 min)',
      '  Fri 20 Nov 2026, 09:30–09:45 (15 min)',
      '  Mon 23 Nov 2026, 09:30–09:45 (15 min)',
      '',
    ]);
  });

  it('should change one and all that follow, and leave those before', async () => {
    const id = await addStandup();
    const { exitCode, stdout, stderr } = await type('change', id, '10:00', '--from', 'mon');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Every weekday:\n  Mon 23 Nov 2026, 10:00\n');
    expect(stderr).toContain(`What was before stays under ${id.slice(-6)}`);
    expect(stdout).toMatch(/^Mon 23 Nov 2026, 10:00–10:15/);
    expect((await week('tomorrow')).slice(1, 3)).toEqual(['11-20T09:30 Standup', '11-23T10:00 Standup']);
    const before = await type('show', id);
    expect(before.stdout).toMatch(
      /the last on Fri 20 Nov 2026[^]*Goes on {4}as [0-9a-f]{6}, the series after it/,
    );
  });

  it('should show what is left of a number of times where it goes on', async () => {
    const id = await addStandup('--times', '5');
    const { stderr } = await type('change', id, '10:00', '--from', 'mon');
    expect(stderr).toContain(
      'Every weekday, 3 times:\n  Mon 23 Nov 2026, 10:00\n  Tue 24 Nov 2026, 10:00\n  Wed 25 Nov 2026, 10:00\n',
    );
    expect(await week('mon')).toHaveLength(3);
  });

  it('should change the whole series, with what is left out of it and changed apart', async () => {
    const id = await addStandup('--except', 'mon');
    await type('change', id, '--title', 'Guests', '--only', 'tue');
    const { stderr } = await type('change', id, '10:00', '--all');
    expect(stderr).toContain('  Fri 20 Nov 2026, 10:00\n  Tue 24 Nov 2026, 10:00\n');
    expect((await week('tomorrow')).slice(0, 4)).toEqual([
      '11-19T10:00 Standup',
      '11-20T10:00 Standup',
      '11-24T10:00 Guests',
      '11-25T10:00 Standup',
    ]);
  });

  it('should give it another rhythm, another end or none, and name what is gone', async () => {
    const id = await addStandup();
    await type('change', id, '--location', 'Hall', '--only', 'fri');
    const { stderr } = await type('change', id, '--every', 'mon', '--all');
    expect(stderr).toMatch(/note: the first day of these is Mon 23 Nov 2026\nEvery Monday:/);
    expect(stderr).toContain(
      'changed occurrences that have no place any more are gone: 2026-11-20T08:30:00Z',
    );
    const ended = await json('change', id, '--until', '30 jun', '--all');
    expect(ended.recurrence?.rrule).toBe('FREQ=WEEKLY;UNTIL=20270630T215959Z');
    const counted = await json('change', id, '--times', '2', '--all');
    expect(counted.recurrence?.rrule).toBe('FREQ=WEEKLY;COUNT=2');
    const once = await json('change', id, '--once', '--all');
    expect(once).toMatchObject({ recurrence: null, start: '2026-11-23T09:30:00+01:00' });
  });

  it('should make an event repeat that did not', async () => {
    const { id } = await json('add', 'Dentist', 'mon', '9:00');
    const changed = await json('change', id, '--every', 'month on the 23rd', '--times', '3');
    expect(changed.recurrence?.rrule).toBe('FREQ=MONTHLY;COUNT=3');
  });

  it('should ask before it changes when a series is', async () => {
    const id = await addStandup();
    const shy = createPerson({ address: server.address, answer: 'n' });
    const { exitCode, stderr } = await shy('change', id, '10:00', '--all');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Change it so? [Y/n] error: nothing was saved'),
    });
    expect((await shy('change', id, '--title', 'Daily', '--all')).exitCode).toBe(0);
    expect((await shy('change', id, '10:00', '--all', '--yes')).exitCode).toBe(0);
    expect(await week('tomorrow')).toContain('11-19T10:00 Daily');
  });

  it('should not stand in its own way, and say when the whole series would be free', async () => {
    const id = await addStandup();
    expect((await type('change', id, '9:40', '--all')).exitCode).toBe(0);
    await type('add', 'Dentist', '26 nov', '10:00', '--for', '30m');
    const { exitCode, stderr } = await type('change', id, '10:10', '--all');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/In the way:\n {2}Thu 26 Nov 2026, 10:00–10:30 \(30 min\) {2}Dentist/);
    expect(stderr).toMatch(/Of its first \d+ times 1 clash\./);
    expect(stderr).toContain('  10:40–10:55\n  09:40–09:55\n');
    expect(stderr).toContain(`calendar_client change ${id.slice(-6)} 2026-11-19 10:40 --all`);
  });

  it.each([
    [['--only', 'fri', '--every', 'day'], 'how it repeats belongs to the series'],
    [['--all', '--once', '--every', 'day'], '--once ends the repetition'],
    [['--all'], 'nothing to change is given'],
    [['--only', 'frday', '10:00'], "'frday' is not understood here; did you mean 'friday'?"],
  ])('should refuse %j', async (words, message) => {
    const { exitCode, stderr } = await type('change', await addStandup(), ...words);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });

  it('should never undo what somebody else has changed in the meantime', async () => {
    const id = await addStandup();
    const { etag } = await json('show', id);
    await type('change', id, '--location', 'Hall', '--only', 'fri');
    for (const which of [['--only', 'fri'], ['--from', 'fri'], ['--all']]) {
      const { exitCode, stderr } = await type(
        'change',
        id,
        '--title',
        'Mine',
        '--etag',
        String(etag),
        ...which,
      );
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--force') });
    }
  });
});

describe('remove what repeats', () => {
  it('should remove one, then what follows, then the rest', async () => {
    const id = await addStandup();
    const one = await type('remove', id, '--only', 'fri');
    expect(one.stdout).toMatch(/^Fri 20 Nov 2026, 09:30–09:45/);
    const rest = await type('remove', id, '--from', '25 nov');
    expect(rest.stderr).toBe('Removed, with all that follow:\n');
    expect(await week('tomorrow')).toEqual([
      '11-19T09:30 Standup',
      '11-23T09:30 Standup',
      '11-24T09:30 Standup',
    ]);
    expect(await json('remove', id, '--all')).toMatchObject({ id, title: 'Standup' });
    expect(await week('tomorrow')).toEqual([]);
  });

  it.each([
    [['--only', 'fri'], 'Remove this one alone?'],
    [['--from', 'fri'], 'Remove this one and all that follow?'],
    [['--all'], 'Remove the whole series?'],
  ])('should ask what it is about to do: %j', async (which, question) => {
    const id = await addStandup();
    const shy = createPerson({ address: server.address, answer: '' });
    const { exitCode, stderr } = await shy('remove', id, ...which);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(question) });
    expect(await week('tomorrow')).toHaveLength(5);
  });

  it('should say that there is none on the day', async () => {
    const answer = await type('remove', await addStandup(), '--only', 'sun', '--json');
    expect(answer.exitCode).toBe(1);
    expect(readAnswer(answer)).toMatchObject({ code: 404, error: 'occurrence_not_found' });
  });
});
