import { describe, expect, it } from 'vitest';
import { useSeriesPerson } from './_support/series-person.ts';

const { type, person, json, addStandup, week } = useSeriesPerson();

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

  it('should show the last day as it will be when the whole series moves by days', async () => {
    const { id } = await json('add', 'Course', 'mon', '9:00', '--every', 'week', '--until', '21 dec');
    const { stdout, stderr } = await type('change', id, '--by', '1d', '--all');
    expect(stderr).toContain('  Tue 15 Dec 2026, 09:00\n  Tue 22 Dec 2026, 09:00\n');
    expect(stdout).toContain('every Tuesday, the last on Tue 22 Dec 2026');
  });

  it('should give it another rhythm, another end or none, and name what is gone', async () => {
    const id = await addStandup();
    await type('change', id, '--location', 'Hall', '--only', 'fri');
    const { stderr } = await type('change', id, '--every', 'mon', '--all');
    expect(stderr).toMatch(/note: the first day of these is Mon 23 Nov 2026\nEvery Monday:/);
    expect(stderr).toContain(
      'changed occurrences that have no place any more are gone: Fri 20 Nov 2026, 09:30\n',
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
    const shy = person({ answer: 'n' });
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
