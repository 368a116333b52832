import { describe, expect, it } from 'vitest';
import type { Event as CalendarEvent } from '../../api/generated.ts';
import { makeId } from '../../api/make-id.ts';
import { bodyOf, draftOf, newDraft, patchOf, spanOf, withAllDay, withStart } from './draft.ts';
import { findFreeSlots } from './free-slots.ts';

const ZONE = 'Europe/Berlin';

function event(part: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    title: 'Dentist',
    start: '2026-11-23T09:00:00+01:00',
    end: '2026-11-23T09:45:00+01:00',
    all_day: false,
    time_zone: ZONE,
    location: '',
    description: '',
    notify_before: ['PT15M'],
    busy: true,
    calendar_id: 'c',
    ...part,
  } as CalendarEvent;
}

describe('a draft', () => {
  it('should have the times of the clock in the zone of the event', () => {
    expect(draftOf(event({ time_zone: 'Asia/Tokyo', start: '2026-11-23T17:00:00+09:00' }))).toMatchObject({
      startDate: '2026-11-23',
      startTime: '17:00',
      zone: 'Asia/Tokyo',
    });
  });

  it('should name the last day of whole days as people do', () => {
    const draft = draftOf(event({ all_day: true, start: '2026-12-24', end: '2026-12-27' }));
    expect(draft).toMatchObject({ startDate: '2026-12-24', endDate: '2026-12-26' });
    expect(bodyOf(draft)).toMatchObject({ start: '2026-12-24', end: '2026-12-27', all_day: true });
  });

  it('should send what has been changed, and nothing else', () => {
    const before = draftOf(event());
    expect(patchOf(before, before)).toEqual({});
    expect(patchOf(before, { ...before, title: ' Doctor ' })).toEqual({ title: 'Doctor' });
    expect(patchOf(before, { ...before, endTime: '10:00' })).toEqual({
      start: '2026-11-23T09:00:00',
      end: '2026-11-23T10:00:00',
      all_day: false,
      time_zone: ZONE,
    });
  });

  it('should take the end along when the start moves', () => {
    expect(withStart(draftOf(event()), { startTime: '23:30' })).toMatchObject({
      startTime: '23:30',
      endDate: '2026-11-24',
      endTime: '00:15',
    });
    expect(withStart(draftOf(event()), { startDate: '' })).toMatchObject({
      startDate: '',
      endDate: '2026-11-23',
    });
  });

  it('should stand for no span while it is incomplete or ends before it starts', () => {
    const draft = draftOf(event());
    expect(spanOf(draft)).toEqual({
      kind: 'timed',
      startMs: Date.parse('2026-11-23T08:00:00Z'),
      endMs: Date.parse('2026-11-23T08:45:00Z'),
    });
    expect(spanOf({ ...draft, endTime: '09:00' })).toBeUndefined();
    expect(spanOf({ ...draft, startDate: '' })).toBeUndefined();
    expect(spanOf({ ...draft, isAllDay: true, endDate: '2026-11-22' })).toBeUndefined();
  });

  it('should leave whole days free unless somebody says otherwise', () => {
    const draft = newDraft({ kind: 'timed', startMs: 0, endMs: 1 }, 'UTC', '');
    expect(withAllDay(draft, true).isBusy).toBe(false);
    expect(withAllDay({ ...draft, isBusy: false }, true).isBusy).toBe(false);
    expect(withAllDay(withAllDay(draft, true), false).isBusy).toBe(true);
  });
});

describe('findFreeSlots', () => {
  const at = (time: string): number => Date.parse(`2026-11-${time}:00+01:00`);
  const wish = { startMs: at('24T10:00'), endMs: at('24T11:00') };
  const search = { wish, zone: ZONE, nowMs: at('23T00:00'), days: 1, count: 3 };

  it('should offer the nearest free times to both sides', () => {
    const busy = [{ startMs: at('24T09:30'), endMs: at('24T11:30') }];
    expect(findFreeSlots({ ...search, busy, count: 2 }).map(({ startMs }) => startMs)).toEqual([
      at('24T08:30'),
      at('24T11:30'),
    ]);
  });

  it('should offer nothing that is over, and nothing at night', () => {
    const busy = [{ startMs: at('24T08:00'), endMs: at('24T20:00') }];
    const slots = findFreeSlots({ ...search, busy, nowMs: at('24T09:00') });
    expect(slots.map(({ startMs }) => startMs)).toEqual([at('25T10:00')]);
  });

  it('should stay in the hours of a wish that lies in the night', () => {
    const night = { startMs: at('24T22:00'), endMs: at('24T23:00') };
    const busy = [{ startMs: at('24T22:30'), endMs: at('24T23:30') }];
    const [first] = findFreeSlots({ ...search, wish: night, busy, count: 1 });
    expect(first?.startMs).toBe(at('24T21:30'));
  });

  it('should offer nothing where nothing is long enough', () => {
    const busy = [{ startMs: at('22T00:00'), endMs: at('27T00:00') }];
    expect(findFreeSlots({ ...search, busy })).toEqual([]);
  });
});

it('should make ids that sort by time', () => {
  expect(makeId(0x0196_a1b2_1c2d)).toMatch(/^0196a1b2-1c2d-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set([makeId(), makeId(), makeId()]).size).toBe(3);
});
