import { z } from 'zod';
import { Conflict, Recurrence, RecurrenceInput } from './recurrence-schema.ts';

const ID = '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
const CALENDAR_ID = '0196a1b2-0000-7000-8000-5c6d7e8f9a0b';

/** The fields of an event that its owner writes, with what each means. All may be left out of a patch. */
const writable = {
  calendar_id: z
    .string()
    .nullish()
    .meta({ description: "UUID. On create optional: the user's default calendar. Fixed afterwards." }),
  uid: z.string().nullish().meta({
    description: 'iCalendar UID, unique in the calendar; by default the id. Fixed on create.',
  }),
  title: z.string().nullish().meta({ description: '1 to 200 characters. Required on create.' }),
  start: z.string().nullish().meta({
    description:
      'RFC 3339 with an offset (an instant), or local `YYYY-MM-DDThh:mm:ss`, resolved in `time_zone`; for all-day events a date. Required on create.',
  }),
  end: z.string().nullish().meta({
    description:
      'In the forms of `start`; after it, exclusive. Give `end` or `duration`, not both. All-day events need neither: they last one day.',
  }),
  duration: z
    .string()
    .nullish()
    .meta({ description: 'Input only: an ISO 8601 duration such as `PT45M`, instead of `end`.' }),
  all_day: z
    .boolean()
    .nullish()
    .meta({ description: 'Whether it goes from local midnight to local midnight. By default false.' }),
  time_zone: z
    .string()
    .nullish()
    .meta({ description: "IANA time zone, the wall-clock home of the event; by default the calendar's." }),
  description: z.string().nullish().meta({ description: 'At most 20,000 characters.' }),
  location: z.string().nullish().meta({ description: 'At most 1,000 characters.' }),
  notify_before: z.array(z.string()).nullish().meta({
    description:
      'Reminders: at most 20 ISO 8601 durations before the start, for example `PT15M`, each at most `P366D`.',
  }),
  recurrence: RecurrenceInput,
  busy: z.boolean().nullish().meta({
    description:
      'Whether it occupies its time: two busy events of one calendar may not overlap. By default true, for all-day events false.',
  }),
};

/** What the server says of an event. A client may send it back as it got it: it is ignored. */
const ignored = {
  sequence: readOnly('integer'),
  owner: readOnly('string'),
  created_at: readOnly('string'),
  updated_at: readOnly('string'),
  recurrence_id: readOnly(['string', 'null']),
  conflicts: readOnly('array'),
  dropped_overrides: readOnly('array'),
  continues: readOnly(['string', 'null']),
  continued_by: readOnly(['string', 'null']),
};

function readOnly(type: string | readonly string[]) {
  return z.unknown().optional().meta({ type, readOnly: true, description: 'Ignored.' });
}

export const NewEvent = z
  .strictObject({
    id: z
      .string()
      .nullish()
      .meta({ description: 'UUID, optional: the server makes a UUIDv7. It makes creation idempotent.' }),
    ...writable,
    ...ignored,
    etag: z.string().nullish().meta({ readOnly: true, description: 'Ignored.' }),
  })
  .meta({
    id: 'NewEvent',
    description: 'An event to create. Unknown fields are refused; `null` is as good as leaving a field out.',
    examples: [
      { title: 'Dentist', start: '2026-11-23T09:00:00', duration: 'PT45M', time_zone: 'Europe/Berlin' },
      {
        id: ID,
        title: 'Planning',
        start: '2026-11-24T10:00:00+01:00',
        end: '2026-11-24T11:30:00+01:00',
        time_zone: 'Europe/Berlin',
        location: 'Room 4',
        description: 'Bring the numbers.',
        notify_before: ['P1D', 'PT15M'],
        busy: true,
      },
      { title: 'Holiday', start: '2026-12-24', end: '2026-12-27', all_day: true },
      {
        title: 'Standup',
        start: '2026-11-30T09:30:00',
        duration: 'PT15M',
        time_zone: 'Europe/Berlin',
        recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=100', exdates: ['2026-12-24T09:30:00'] },
      },
    ],
  });

export const EventPatch = z
  .strictObject({
    id: z.string().nullish().meta({ description: 'May be sent back, but not changed.' }),
    ...writable,
    ...ignored,
    etag: z
      .string()
      .nullish()
      .meta({ description: 'When given, it must be the current one, as with `If-Match`.' }),
  })
  .meta({
    id: 'EventPatch',
    description:
      'A JSON merge patch (RFC 7396): the fields that are present are changed, `null` clears. Unknown fields are refused. A new `start` alone keeps the `end`: send `end` or `duration` with it.',
    examples: [
      { title: 'Dentist, moved', start: '2026-11-23T10:00:00', end: '2026-11-23T10:45:00' },
      { location: null, notify_before: ['PT30M'] },
      { recurrence: { rrule: 'FREQ=WEEKLY;UNTIL=20270630T215959Z' } },
    ],
  });

export const OccurrencePatch = EventPatch.meta({
  id: 'OccurrencePatch',
  description:
    'A JSON merge patch (RFC 7396). Of one occurrence (`scope=this`) only `title`, `start`, `end` or `duration`, `description`, `location`, `notify_before` and `busy` may be changed, and `null` takes what the series has.',
  examples: [
    { start: '2026-11-23T11:00:00', duration: 'PT30M', location: 'Room 4' },
    { location: null, title: 'Standup, with guests' },
  ],
});

export const Event = z
  .object({
    id: z.string().meta({ format: 'uuid', description: 'UUID.' }),
    calendar_id: z.string().meta({ format: 'uuid', description: 'The calendar it is in.' }),
    uid: z.string().meta({ description: 'iCalendar UID, unique in the calendar.' }),
    sequence: z.int().meta({ description: 'iCalendar SEQUENCE: raised when the time of the event changes.' }),
    title: z.string(),
    start: z.string().meta({
      description: 'RFC 3339 with the offset that `time_zone` has then, or a date for all-day events.',
    }),
    end: z.string().meta({ description: 'In the form of `start`; exclusive.' }),
    all_day: z.boolean(),
    time_zone: z.string().meta({ description: 'IANA time zone, the wall-clock home of the event.' }),
    description: z.string(),
    location: z.string(),
    notify_before: z
      .array(z.string())
      .meta({ description: 'Reminders: ISO 8601 durations before the start, the longest first.' }),
    recurrence: Recurrence,
    busy: z.boolean().meta({ description: 'Whether it occupies its time.' }),
    owner: z.string().meta({ description: 'The user it belongs to.' }),
    etag: z.string().meta({ description: 'Names this version of the event.' }),
    created_at: z.string().meta({ format: 'date-time', description: 'RFC 3339 in UTC.' }),
    updated_at: z.string().meta({ format: 'date-time', description: 'RFC 3339 in UTC.' }),
    recurrence_id: z.string().nullable().meta({
      description: 'Set where this is one occurrence of an event: its original start, as in listings.',
    }),
    conflicts: z.array(Conflict).meta({
      description:
        'What its occurrences clash with although it was not refused: a series without an end met another far ahead, or a zone changed its rules. At most 10, by start. They are no part of the version that the etag names.',
    }),
    dropped_overrides: z.array(z.string()).meta({
      description:
        'In the answer of a change: the recurrence ids of changed occurrences that the new series does not have, so that their changes are gone. Otherwise empty.',
    }),
    continues: z
      .string()
      .nullable()
      .meta({ description: 'The event that this one goes on from, where a series was split.' }),
    continued_by: z
      .string()
      .nullable()
      .meta({ description: 'The event that goes on from this one, where a series was split.' }),
  })
  .meta({
    id: 'Event',
    description: 'An event, or one occurrence of it.',
    examples: [
      {
        id: ID,
        calendar_id: CALENDAR_ID,
        uid: ID,
        sequence: 0,
        title: 'Dentist',
        start: '2026-11-23T09:00:00+01:00',
        end: '2026-11-23T09:45:00+01:00',
        all_day: false,
        time_zone: 'Europe/Berlin',
        description: '',
        location: '',
        notify_before: ['PT15M'],
        recurrence: null,
        busy: true,
        owner: 'alice',
        etag: '1a',
        created_at: '2026-11-22T10:00:00.000Z',
        updated_at: '2026-11-22T10:00:00.000Z',
        recurrence_id: null,
        conflicts: [],
        dropped_overrides: [],
        continues: null,
        continued_by: null,
      },
    ],
  });

/** The path of one event. */
export const EventPath = z.strictObject({
  id: z.string().meta({ description: 'The id of the event, a UUID.', example: ID }),
});
