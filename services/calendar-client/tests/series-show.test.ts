import { describe, expect, it } from 'vitest';
import { readAnswer } from './_support/person.ts';
import { useSeriesPerson } from './_support/series-person.ts';

const { type, person, json, addStandup, week } = useSeriesPerson();

describe('look at what repeats', () => {
  it('should mark it in listings, and one that was changed apart', async () => {
    const id = await addStandup();
    await type('change', id, '11:00', '--only', 'fri');
    const { stdout } = await type('week', '19 nov');
    expect(stdout).toMatch(/Thu 19 Nov 2026 {2}tomorrow\n {2}09:30–09:45 {2}[0-9a-f]{6} {2}Standup · ↻\n/);
    expect(stdout).toMatch(/Fri 20 Nov 2026\n {2}11:00–11:15 {2}[0-9a-f]{6} {2}Standup · ↻ changed\n/);
    const ascii = person({ env: { LC_ALL: 'C' } });
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
    const shy = person({ answer: '' });
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
