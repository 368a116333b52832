import { z } from 'zod';
import { EventPath } from './event-schema.ts';

const Occurrence = z
  .object({
    event_id: z.string().meta({ format: 'uuid' }),
    recurrence_id: z.string().meta({
      description:
        'The original start: a UTC instant, or a date for all-day events. It stays when the occurrence is moved.',
    }),
    calendar_id: z.string().meta({ format: 'uuid' }),
    title: z.string(),
    start: z.string().meta({
      description: 'RFC 3339 with the offset that `time_zone` has then, or a date for all-day events.',
    }),
    end: z.string().meta({ description: 'In the form of `start`; exclusive.' }),
    all_day: z.boolean(),
    time_zone: z.string().meta({ description: 'IANA time zone of the event.' }),
    busy: z.boolean(),
    location: z.string(),
    recurring: z.boolean().meta({ description: 'Whether its event repeats.' }),
    overridden: z.boolean().meta({ description: 'Whether it was changed apart from its series.' }),
  })
  .meta({
    id: 'Occurrence',
    description: 'One concrete time of an event, named by (`event_id`, `recurrence_id`).',
  });

export const OccurrenceList = z
  .object({
    occurrences: z.array(Occurrence).meta({ description: 'By start.' }),
    next_page_token: z.string().meta({ description: 'Empty on the last page.' }),
  })
  .meta({
    id: 'OccurrenceList',
    description: 'What overlaps the period, also what began earlier.',
    examples: [
      {
        occurrences: [
          {
            event_id: '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
            recurrence_id: '2026-11-23T08:00:00Z',
            calendar_id: '0196a1b2-0000-7000-8000-5c6d7e8f9a0b',
            title: 'Dentist',
            start: '2026-11-23T09:00:00+01:00',
            end: '2026-11-23T09:45:00+01:00',
            all_day: false,
            time_zone: 'Europe/Berlin',
            busy: true,
            location: '',
            recurring: false,
            overridden: false,
          },
        ],
        next_page_token: '',
      },
    ],
  });

export const FreeBusy = z
  .object({
    busy: z.array(
      z.object({
        start: z.string().meta({ format: 'date-time', description: 'RFC 3339 in UTC.' }),
        end: z.string().meta({ format: 'date-time', description: 'RFC 3339 in UTC; exclusive.' }),
      }),
    ),
  })
  .meta({
    id: 'FreeBusy',
    description: 'What is busy, merged into the fewest intervals, by start.',
    examples: [{ busy: [{ start: '2026-11-23T08:00:00Z', end: '2026-11-23T08:45:00Z' }] }],
  });

/** The path of one occurrence. */
export const OccurrencePath = EventPath.extend({
  recurrence_id: z.string().meta({
    description:
      'The original start, as listings name it: RFC 3339 with any offset, or a date for all-day events.',
    example: '2026-11-23T08:00:00Z',
  }),
});
