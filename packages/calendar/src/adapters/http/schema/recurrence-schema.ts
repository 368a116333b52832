import { z } from 'zod';

const starts = z.array(z.string()).nullish();

/** How an event repeats, as its owner writes it. In a patch each member is changed by itself. */
export const RecurrenceInput = z
  .strictObject({
    rrule: z.string().nullish().meta({
      description:
        'The value of an RFC 5545 RRULE, such as `FREQ=WEEKLY;COUNT=10`; `SKIP` of RFC 7529 is understood. `UNTIL` is a time in UTC, or a date for all-day events. Not needed where there are `rdates`.',
    }),
    exdates: starts.meta({ description: 'Starts that are left out, in the forms of `start`.' }),
    rdates: starts.meta({ description: 'Starts that are added, in the forms of `start`; none before it.' }),
  })
  .nullish()
  .meta({
    description:
      'How the event repeats, from its `start` on, which is always the first occurrence. A series has at most 5,000 occurrences; one without an end has them within the next two years. In a patch the members are changed one by one, and null makes the event one that takes place once.',
  });

/** How an event repeats, as it is answered. */
export const Recurrence = z
  .object({
    rrule: z.string().meta({
      description: 'The canonical RRULE; empty where the event repeats on `rdates` alone.',
    }),
    exdates: z.array(z.string()).meta({ description: 'In the form of `start`, ascending.' }),
    rdates: z.array(z.string()).meta({ description: 'In the form of `start`, ascending.' }),
  })
  .nullable()
  .meta({ description: 'How the event repeats; null for an event, or an occurrence, that does not.' });

/** What something clashes with. */
export const Conflict = z.object({
  event_id: z.string().meta({ format: 'uuid' }),
  recurrence_id: z.string(),
  start: z.string().meta({ description: 'In the form of the `start` of that event.' }),
  end: z.string(),
});
