import { describe, expect, it } from 'vitest';
import type { Event as CalendarEvent } from '../../api/generated.ts';
import { draftOf } from '../event/draft.ts';
import type { Item } from '../item.ts';
import { isInScope } from './edited.ts';
import { seriesPatchOf } from './series-patch.ts';

const SERIES = {
  title: 'Choir',
  start: '2026-10-06T19:00:00+02:00',
  end: '2026-10-06T21:00:00+02:00',
  all_day: false,
  time_zone: 'Europe/Berlin',
  location: '',
  description: '',
  notify_before: [] as readonly string[],
  recurrence: { rrule: 'FREQ=WEEKLY', exdates: [], rdates: [] },
  busy: true,
  calendar_id: 'c',
} as unknown as CalendarEvent;

describe('seriesPatchOf', () => {
  const before = draftOf({ ...SERIES, start: '2026-11-03T19:00:00+01:00', end: '2026-11-03T21:00:00+01:00' });

  it('should move the series as far as the occurrence, by the clock on the wall', () => {
    const after = {
      ...before,
      startDate: '2026-11-04',
      startTime: '18:30',
      endDate: '2026-11-04',
      endTime: '20:00',
    };
    expect(seriesPatchOf(SERIES, before, after)).toMatchObject({
      start: '2026-10-07T18:30:00',
      end: '2026-10-07T20:00:00',
    });
  });

  it('should not touch the times where something else has changed', () => {
    expect(seriesPatchOf(SERIES, before, { ...before, title: 'Orchestra' })).toEqual({ title: 'Orchestra' });
  });
});

describe('isInScope', () => {
  const item = (eventId: string, recurrenceId: string): Item =>
    ({ eventId, recurrenceId, key: `${eventId}/${recurrenceId}`, isRecurring: true }) as Item;
  const from = item('a', '2026-11-10T18:00:00Z');

  it.each([
    ['this', item('a', '2026-11-10T18:00:00Z'), true],
    ['this', item('a', '2026-11-17T18:00:00Z'), false],
    ['following', item('a', '2026-11-17T18:00:00Z'), true],
    ['following', item('a', '2026-11-03T18:00:00Z'), false],
    ['all', item('a', '2026-11-03T18:00:00Z'), true],
    ['all', item('b', '2026-11-10T18:00:00Z'), false],
  ] as const)('should say of %s and %j: %s', (scope, other, isIn) => {
    expect(isInScope(scope, from, other)).toBe(isIn);
  });
});
