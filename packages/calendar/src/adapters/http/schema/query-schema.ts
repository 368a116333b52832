import { z } from 'zod';
import { OCCURRENCE_SCOPES } from '../../../occurrence/occurrence-target.ts';
import { REMINDER_STATUSES } from '../../../reminder/reminder.ts';
import { abbreviate } from '../../../time/plain-date.ts';

const WHOLE_NUMBER = /^\d{1,9}$/;

/** A parameter that is left out rather than given empty: an empty filter is a mistake more often than a wish. */
function filter(description: string, example: string) {
  return z
    .string()
    .check((context) => {
      if (context.value === '') {
        context.issues.push({
          code: 'custom',
          input: '',
          message: `is empty; leave it out, or give a value such as ${example}`,
        });
      }
    })
    .optional()
    .meta({ description, example });
}

const calendarId = filter(
  'One calendar. By default all calendars of the user.',
  '0196a1b2-0000-7000-8000-5c6d7e8f9a0b',
);

const page = {
  calendar_id: calendarId,
  page_size: z
    .string()
    .transform((text, context) => {
      if (WHOLE_NUMBER.test(text)) return Number(text);
      context.addIssue({
        code: 'custom',
        message: `'${abbreviate(text)}' is no whole number; allowed are 1 to 1000`,
      });
      return z.NEVER;
    })
    .optional()
    .meta({
      type: 'integer',
      minimum: 0,
      maximum: 1000,
      description: 'How many to answer at most; 0 or nothing is 250.',
      example: 100,
    }),
  page_token: z
    .string()
    .optional()
    .meta({ description: '`next_page_token` of the page before, with all else unchanged.' }),
};

const range = {
  from: instant('RFC 3339 with an offset; inclusive.', '2026-11-23T00:00:00Z'),
  to: instant('RFC 3339 with an offset; exclusive, after `from`.', '2026-11-30T00:00:00+01:00'),
};

/**
 * A `+` in a query means a blank, which no RFC 3339 text has before its offset: people who type the offset
 * unescaped are understood.
 */
function instant(description: string, example: string) {
  return z
    .string()
    .transform((text) => text.replace(/ (?=\d{2}:\d{2}$)/, '+'))
    .meta({ description, example, format: 'date-time' });
}

export const PeriodQuery = z.strictObject({
  time_zone: filter(
    'IANA time zone of the period. By default that of the named calendar, or of the default one.',
    'Europe/Berlin',
  ),
  ...page,
});

export const RangeQuery = z.strictObject({ ...range, ...page });

export const SearchQuery = z.strictObject({
  query: z.string().meta({
    description: '1 to 10 words, or the beginnings of words; at most 200 characters.',
    example: 'dentist',
  }),
  ...page,
});

export const FreeBusyQuery = z.strictObject({ ...range, calendar_id: calendarId });

const SCOPES = OCCURRENCE_SCOPES.join(' and ');

/** How far a change of an occurrence goes. */
export const ScopeQuery = z.strictObject({
  scope: z
    .string()
    .transform((text, context) => {
      const scope = OCCURRENCE_SCOPES.find((known) => known === text);
      if (scope !== undefined) return scope;
      context.addIssue({
        code: 'custom',
        message: `'${abbreviate(text)}' is no scope; allowed are ${SCOPES}`,
      });
      return z.NEVER;
    })
    .default('this')
    .meta({
      enum: [...OCCURRENCE_SCOPES],
      description: 'The occurrence alone (`this`, the default), or it and all that follow (`following`).',
      example: 'this',
    }),
});

export const NotificationQuery = z.strictObject({
  event_id: filter(
    "One event's; also those of an event that is deleted.",
    '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
  ),
  from: instant('Due at or after this: RFC 3339 with an offset.', '2026-11-23T00:00:00Z').optional(),
  to: instant('Due before this: RFC 3339 with an offset.', '2026-11-30T00:00:00+01:00').optional(),
  status: filter(`One of ${REMINDER_STATUSES.join(', ')}.`, 'sent'),
  page_size: page.page_size,
  page_token: page.page_token,
});

export const NoQuery = z.strictObject({});

/** The path of a period. */
export const PeriodPath = z.strictObject({
  date: z.string().meta({ format: 'date', description: 'The first day, YYYY-MM-DD.', example: '2026-11-23' }),
});
