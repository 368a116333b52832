import { describe, expect, it } from 'vitest';
import { createMemoryStores } from '../src/adapters/memory/index.ts';
import { at } from './fixtures.ts';
import { openService } from './series-service.ts';

/** What a series shows around a change of clocks: as rows, and where the horizon is years before. */
async function startsBothWays(
  input: Parameters<ReturnType<typeof openService>['create']>[0],
  from: string,
  to: string,
): Promise<readonly string[]> {
  const shown: (readonly string[])[] = [];
  for (const now of [from, '1970-01-01T00:00:00Z']) {
    const service = openService(createMemoryStores());
    service.clock.now = at(now);
    await service.create({ duration: 'PT30M', recurrence: { rrule: 'FREQ=DAILY' }, ...input });
    shown.push(await service.starts(from, to));
  }
  const [rows, beyond] = shown as [readonly string[], readonly string[]];
  expect(beyond).toEqual(rows);
  return rows;
}

describe('series where clocks change', () => {
  it.each([
    [
      'Berlin, forward: 2:30 moves to 3:30 that day',
      { start: '2027-03-27T02:30:00', time_zone: 'Europe/Berlin' },
      ['2027-03-27T02:30:00+01:00', '2027-03-28T03:30:00+02:00', '2027-03-29T02:30:00+02:00'],
    ],
    [
      'Berlin, back: 2:30 is the earlier of two',
      { start: '2027-10-30T02:30:00', time_zone: 'Europe/Berlin' },
      ['2027-10-30T02:30:00+02:00', '2027-10-31T02:30:00+02:00', '2027-11-01T02:30:00+01:00'],
    ],
    [
      'New York, forward',
      { start: '2027-03-13T02:15:00', time_zone: 'America/New_York' },
      ['2027-03-13T02:15:00-05:00', '2027-03-14T03:15:00-04:00', '2027-03-15T02:15:00-04:00'],
    ],
    [
      'New York, back',
      { start: '2027-11-06T01:15:00', time_zone: 'America/New_York' },
      ['2027-11-06T01:15:00-04:00', '2027-11-07T01:15:00-04:00', '2027-11-08T01:15:00-05:00'],
    ],
    [
      'Lord Howe, forward by half an hour',
      { start: '2027-10-02T02:10:00', time_zone: 'Australia/Lord_Howe' },
      ['2027-10-02T02:10:00+10:30', '2027-10-03T02:40:00+11:00', '2027-10-04T02:10:00+11:00'],
    ],
    [
      'Casablanca, whose clocks go back for Ramadan and come forward again',
      {
        start: '2025-02-22T02:30:00',
        time_zone: 'Africa/Casablanca',
        recurrence: { rrule: 'FREQ=DAILY;INTERVAL=43;COUNT=30' },
      },
      ['2025-02-22T02:30:00+01:00', '2025-04-06T03:30:00+01:00', '2025-05-19T02:30:00+01:00'],
    ],
    [
      'Apia, which skipped 30 December 2011: what was due then moves a day on, onto the next one',
      { start: '2011-12-28T10:00:00', time_zone: 'Pacific/Apia' },
      ['2011-12-28T10:00:00-10:00', '2011-12-29T10:00:00-10:00', '2011-12-31T10:00:00+14:00'],
    ],
    [
      'Tehran, before it gave clock changes up and after',
      {
        start: '2022-03-21T12:00:00',
        time_zone: 'Asia/Tehran',
        recurrence: { rrule: 'FREQ=YEARLY;BYMONTH=3,4;BYMONTHDAY=21;COUNT=6' },
      },
      ['2022-03-21T12:00:00+03:30', '2022-04-21T12:00:00+04:30', '2023-03-21T12:00:00+03:30'],
    ],
  ])('should follow the clocks of %s', async (_, input, expected) => {
    const from = new Date(at(`${input.start}Z`) - 86_400_000).toISOString();
    const starts = await startsBothWays(input, from, '2030-01-01T00:00:00Z');

    expect(starts.slice(0, 3)).toEqual(expected);
  });

  it('should leave out the all-day occurrence on a day that Apia skipped', async () => {
    const starts = await startsBothWays(
      { start: '2011-12-28', all_day: true, time_zone: 'Pacific/Apia', duration: 'P1D' },
      '2011-12-01T00:00:00Z',
      '2012-01-02T00:00:00Z',
    );

    expect(starts.slice(0, 4)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01']);
  });

  it('should give days their 23 and 25 hours', async () => {
    const service = openService(createMemoryStores());
    await service.create({
      start: '2027-03-27',
      all_day: true,
      busy: true,
      time_zone: 'Europe/Berlin',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=2;BYDAY=SA,SU' },
    });

    expect(await service.busy('2027-03-01T00:00:00Z', '2027-04-30T00:00:00Z')).toEqual([
      '2027-03-26T23:00:00Z/2027-03-28T22:00:00Z',
    ]);
  });

  it('should keep the exact length where a clock change lies inside', async () => {
    const service = openService(createMemoryStores());
    await service.create({
      start: '2027-03-27T22:00:00',
      end: '2027-03-28T06:00:00',
      time_zone: 'Europe/Berlin',
      recurrence: { rrule: 'FREQ=DAILY;COUNT=2' },
    });

    // The first night lost an hour: 7 hours, which all have.
    expect(
      (await service.list('2027-03-01T00:00:00Z', '2027-04-30T00:00:00Z')).map(({ end }) => end),
    ).toEqual(['2027-03-28T06:00:00+02:00', '2027-03-29T05:00:00+02:00']);
  });
});

describe('the number of endless series in a calendar', () => {
  it('should be 500 at most, and say so', async () => {
    const service = openService(createMemoryStores());
    const input = { duration: 'PT1M', recurrence: { rrule: 'FREQ=YEARLY' } };
    for (let i = 0; i < 500; i++) {
      await service.create({
        ...input,
        start: new Date(at('2027-01-01T00:00:00Z') + i * 60_000).toISOString(),
      });
    }

    await expect(service.create({ ...input, start: '2027-06-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'invalid_event',
      violations: [
        { field: 'recurrence.rrule', description: expect.stringContaining('has 500 such series') as string },
      ],
    });
    await service.create({
      ...input,
      start: '2027-06-01T00:00:00Z',
      recurrence: { rrule: 'FREQ=YEARLY;COUNT=10' },
    });
    expect(await service.starts('2900-01-01T00:00:00Z', '2900-01-02T00:00:00Z')).toHaveLength(500);
  });
});
