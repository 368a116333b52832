import { describe, expect, it } from 'vitest';
import { useSeriesPerson } from './_support/series-person.ts';

const { type, person, json, addStandup, week } = useSeriesPerson();

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
    const shy = person({ answer: 'n' });
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
    const sure = person({ answer: '' });
    expect((await sure('add', 'Standup', 'tomorrow', '9:30', '--every', 'day')).exitCode).toBe(0);
  });

  it('should leave out days, and say so where nothing would be on them', async () => {
    const except = ['--except', 'tue,sat', '--except', '26 nov'];
    const { stderr } = await type('add', 'Standup', 'mon', '9:30', '--every', 'weekday', ...except);
    expect(stderr).toContain('note: it would not take place on Sat 28 Nov 2026 anyway, by its rule');
    expect(await week('next')).toEqual(['11-23T09:30 Standup', '11-25T09:30 Standup', '11-27T09:30 Standup']);
  });

  it('should leave out the day on which a clock change removes the hour', async () => {
    const times = ['2027-03-26', '2:30', '--for', '30m', '--every', 'day', '--times', '3'];
    const { exitCode, stderr } = await type('add', 'Backup', ...times, '--except', '2027-03-28');
    expect(stderr).not.toContain('error');
    expect(exitCode).toBe(0);
    expect(await week('2027-03-26')).toEqual(['03-26T02:30 Backup', '03-27T02:30 Backup']);
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
