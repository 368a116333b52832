import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarId } from '../calendar/calendar.ts';
import { ErrInvalidEvent } from '../errors.ts';
import { parseInstant } from '../time/parse-time.ts';
import { parseTimeZone } from '../time/time-zone.ts';
import type { EventInput } from './event-input.ts';
import { parseEventPatch, parseNewEvent } from './parse-event.ts';

const DEFAULTS = { calendarId: 'c' as CalendarId, uid: 'u', timeZone: parseTimeZone('Europe/Berlin') };
const VALID: EventInput = { title: 'Dentist', start: '2026-11-23T09:00:00', end: '2026-11-23T10:00:00' };

describe('parseNewEvent()', () => {
  it('should fill in the defaults', () => {
    expect(parseNewEvent(VALID, DEFAULTS)).toEqual({
      calendarId: 'c',
      uid: 'u',
      title: 'Dentist',
      schedule: {
        kind: 'timed',
        start: parseInstant('2026-11-23T08:00:00Z'),
        end: parseInstant('2026-11-23T09:00:00Z'),
      },
      timeZone: 'Europe/Berlin',
      description: '',
      location: '',
      notifyBefore: [],
      recurrence: null,
      busy: true,
    });
  });

  it('should make an all-day event of a date, one day long and not busy', () => {
    const event = parseNewEvent({ title: 'Holiday', start: '2026-12-31', all_day: true }, DEFAULTS);
    expect(event.schedule).toEqual({ kind: 'all-day', start: '2026-12-31', end: '2027-01-01' });
    expect(event.busy).toBe(false);
  });

  it('should name every wrong field in one answer', () => {
    const input = {
      title: '',
      start: '2026-02-30T09:00:00',
      end: '',
      time_zone: 'Europe/Berlin',
      notify_before: ['x'],
    };
    expect(violatedFields(input)).toEqual(['start', 'end', 'title', 'notify_before[0]']);
  });

  it.each<[string, EventInput, string, string]>([
    ['no title', { title: undefined }, 'title', 'is missing'],
    ['a blank title', { title: '  ' }, 'title', 'is empty'],
    [
      'a title of 201 characters',
      { title: 'x'.repeat(201) },
      'title',
      'has 201 characters; allowed are 1 to 200',
    ],
    ['a title with NUL', { title: 'a\u0000b' }, 'title', 'control character U+0000 at position 1'],
    ['a title with half a character', { title: '\ud800' }, 'title', 'lone surrogate'],
    [
      'a description that is too long',
      { description: 'x'.repeat(20_001) },
      'description',
      '20001 characters',
    ],
    ['no start', { start: undefined }, 'start', 'is missing'],
    ['no end', { end: undefined }, 'end', 'give end or duration'],
    [
      'an end at the start',
      { end: '2026-11-23T09:00:00' },
      'end',
      "'2026-11-23T09:00:00+01:00' is not after the start '2026-11-23T09:00:00+01:00'",
    ],
    ['an end before the start', { end: '2026-11-23T08:59:59' }, 'end', 'is not after the start'],
    ['an end and a duration', { duration: 'PT1H' }, 'duration', 'allowed is one of the two'],
    ['a negative duration', { end: undefined, duration: '-PT1H' }, 'duration', 'is negative'],
    ['a duration of nothing', { end: undefined, duration: 'PT0S' }, 'duration', "'PT0S' leaves no time"],
    ['an endless duration', { end: undefined, duration: 'P999999999D' }, 'duration', 'outside the years'],
    ['a date for a timed event', { start: '2026-11-23' }, 'start', 'all_day: true'],
    [
      'a time for an all-day event',
      { all_day: true, end: undefined },
      'start',
      'allowed is a date such as 2026-11-23',
    ],
    [
      'hours for an all-day event',
      { all_day: true, start: '2026-11-23', end: undefined, duration: 'PT5H' },
      'duration',
      'whole number of days',
    ],
    ['an unknown zone', { time_zone: 'Mars/Olympus' }, 'time_zone', "'Mars/Olympus' is no known time zone"],
    ['a removed hour', { start: '2026-03-29T02:30:00' }, 'start', 'clocks jump from 2026-03-29T02:00:00'],
    ['a negative reminder', { notify_before: ['-PT5M'] }, 'notify_before[0]', 'is negative'],
    [
      'a reminder years before',
      { notify_before: ['PT5M', 'P367D'] },
      'notify_before[1]',
      'allowed are PT0S to P366D',
    ],
    [
      'too many reminders',
      { notify_before: Array.from({ length: 21 }, (_, i) => `PT${i}M`) },
      'notify_before',
      'has 21 reminders',
    ],
    ['an empty recurrence', { recurrence: {} }, 'recurrence', 'has neither rrule nor rdates'],
    ['a bad rule', { recurrence: { rrule: 'FREQ=DAILY;BYMONTH=13' } }, 'recurrence.rrule', 'BYMONTH has 13'],
    [
      'a date among times',
      { recurrence: { rrule: 'FREQ=DAILY', exdates: ['2026-11-24'] } },
      'recurrence.exdates[0]',
      'is a date; allowed is a time such as 2026-11-24T10:00:00',
    ],
    [
      'a time among dates',
      {
        all_day: true,
        start: '2026-11-23',
        end: undefined,
        recurrence: { rdates: ['2026-11-24', '2026-11-25T10:00:00Z'] },
      },
      'recurrence.rdates[1]',
      'is a time; allowed is a date such as 2026-11-25',
    ],
    [
      'a date that a clock change removes',
      { time_zone: 'Europe/Berlin', recurrence: { rdates: ['2027-03-28T02:30:00'] } },
      'recurrence.rdates[0]',
      'does not exist in Europe/Berlin',
    ],
    [
      'too many dates',
      { recurrence: { rrule: 'FREQ=DAILY', exdates: Array.from({ length: 5_001 }, () => '2027-01-01') } },
      'recurrence.exdates',
      'has 5001 dates',
    ],
    [
      'a lost day',
      { all_day: true, start: '2011-12-30', end: undefined, time_zone: 'Pacific/Apia' },
      'end',
      'Pacific/Apia has no such day',
    ],
  ])('should refuse %s', (_, change, field, reason) => {
    const error = catchInvalid({ ...VALID, ...change });
    expect(error.violations).toContainEqual({
      field,
      description: expect.stringContaining(reason) as string,
    });
  });

  it('should count characters, not UTF-16 units', () => {
    expect(parseNewEvent({ ...VALID, title: '🎂'.repeat(200) }, DEFAULTS).title).toHaveLength(400);
  });

  it('should add days on the wall clock and hours exactly', () => {
    const day = parseNewEvent(
      { ...VALID, start: '2026-03-28T12:00:00', end: undefined, duration: 'P1D' },
      DEFAULTS,
    );
    const hours = parseNewEvent(
      { ...VALID, start: '2026-03-28T12:00:00', end: undefined, duration: 'PT24H' },
      DEFAULTS,
    );
    expect(day.schedule.end).toBe(parseInstant('2026-03-29T12:00:00+02:00'));
    expect(hours.schedule.end).toBe(parseInstant('2026-03-29T13:00:00+02:00'));
  });

  it('should keep reminders canonical, the longest first, none twice', () => {
    const event = parseNewEvent({ ...VALID, notify_before: ['PT15M', 'P1W', 'PT900S', 'PT0S'] }, DEFAULTS);
    expect(event.notifyBefore).toEqual(['P7D', 'PT15M', 'PT0S']);
  });

  it('should never throw anything but ErrInvalidEvent, whatever the texts', () => {
    const text = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...TRICKY)), {
      nil: undefined,
    });
    const inputs = fc.record({
      title: text,
      start: text,
      end: text,
      duration: text,
      time_zone: text,
      description: text,
      all_day: fc.option(fc.boolean(), { nil: undefined }),
      notify_before: fc.array(fc.oneof(fc.string(), fc.constantFrom(...TRICKY)), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(inputs, (input) => {
        try {
          const { schedule } = parseNewEvent(input, DEFAULTS);
          expect(schedule.end > schedule.start).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ErrInvalidEvent);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseEventPatch()', () => {
  const current = {
    ...parseNewEvent({ ...VALID, location: 'Room 1', notify_before: ['PT5M'] }, DEFAULTS),
    id: 'e',
  };
  const patch = (input: EventInput) => parseEventPatch(input, current, DEFAULTS.timeZone);

  it('should leave absent fields as they are', () => {
    const { id: _, ...unchanged } = current;
    expect(patch({})).toEqual(unchanged);
  });

  it('should clear with null', () => {
    expect(patch({ location: null, notify_before: null })).toMatchObject({ location: '', notifyBefore: [] });
  });

  it('should keep the end where only the start is changed', () => {
    expect(patch({ start: '2026-11-23T08:30:00+01:00' }).schedule).toMatchObject({
      end: current.schedule.end,
    });
    expect(() => patch({ start: '2026-11-23T11:00:00+01:00' })).toThrow(
      'allowed is a later time: a new start alone keeps the end, so give end or duration with it',
    );
  });

  it('should keep the instants where only the zone is changed', () => {
    expect(patch({ time_zone: 'Asia/Tokyo' })).toMatchObject({
      schedule: current.schedule,
      timeZone: 'Asia/Tokyo',
    });
  });

  it('should want start and end anew where all_day is changed', () => {
    expect(() => patch({ all_day: true })).toThrow('start: is missing');
    expect(patch({ all_day: true, start: '2026-11-23' }).schedule).toMatchObject({ kind: 'all-day' });
  });

  it.each<[string, EventInput]>([
    ['title', { title: null }],
    ['start', { start: null }],
    ['end', { end: null }],
    ['id', { id: '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b' }],
    ['uid', { uid: 'another' }],
    ['calendar_id', { calendar_id: null }],
  ])('should refuse to clear or change %s', (field, input) => {
    expect(() => patch(input)).toThrow(`${field}: `);
  });
});

const TRICKY = [
  '2026-11-23T09:00:00',
  '2026-11-23T09:00:00Z',
  '2026-03-29T02:30:00',
  '0001-01-01T00:00:00',
  '9999-12-31T23:59:59',
  '9999-12-31',
  '0001-01-01',
  'Pacific/Apia',
  'UTC',
  'P1D',
  'PT1H',
  'P999999999W',
  '\u0000',
] as const;

function violatedFields(input: EventInput): readonly string[] {
  return catchInvalid(input).violations.map(({ field }) => field);
}

function catchInvalid(input: EventInput): ErrInvalidEvent {
  try {
    parseNewEvent(input, DEFAULTS);
  } catch (error) {
    if (error instanceof ErrInvalidEvent) return error;
    throw error;
  }
  throw new Error('expected ErrInvalidEvent, but the event was accepted');
}
