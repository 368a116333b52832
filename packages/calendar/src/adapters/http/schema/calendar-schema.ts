import { z } from 'zod';

const ID = '0196a1b2-0000-7000-8000-5c6d7e8f9a0b';

/** What the server says of a calendar. A client may send it back as it got it: it is ignored. */
const ignored = {
  owner: z.unknown().optional().meta({ type: 'string', readOnly: true, description: 'Ignored.' }),
  revision: z.unknown().optional().meta({ type: 'integer', readOnly: true, description: 'Ignored.' }),
  default: z.unknown().optional().meta({ type: 'boolean', readOnly: true, description: 'Ignored.' }),
};

export const NewCalendar = z
  .strictObject({
    id: z
      .string()
      .nullish()
      .meta({ description: 'UUID, optional: the server makes a UUIDv7. It makes creation idempotent.' }),
    name: z.string().nullish().meta({ description: '1 to 200 characters. Required.' }),
    time_zone: z
      .string()
      .nullish()
      .meta({ description: 'IANA time zone; by default that of the default calendar.' }),
    ...ignored,
  })
  .meta({
    id: 'NewCalendar',
    description: 'A calendar to create. Unknown fields are refused.',
    examples: [{ name: 'Family' }, { name: 'Tokyo office', time_zone: 'Asia/Tokyo' }],
  });

export const CalendarPatch = z
  .strictObject({
    id: z.string().nullish().meta({ readOnly: true, description: 'Ignored.' }),
    name: z.string().nullish().meta({ description: '1 to 200 characters.' }),
    time_zone: z
      .string()
      .nullish()
      .meta({ description: 'IANA time zone. Events keep the zones that they have.' }),
    ...ignored,
  })
  .meta({
    id: 'CalendarPatch',
    description: 'A JSON merge patch (RFC 7396): the fields that are present are changed.',
    examples: [{ name: 'Work' }, { time_zone: 'Europe/Lisbon' }],
  });

export const Calendar = z
  .object({
    id: z.string().meta({ format: 'uuid', description: 'UUID.' }),
    owner: z.string().meta({ description: 'The user it belongs to.' }),
    name: z.string(),
    time_zone: z
      .string()
      .meta({ description: 'IANA time zone; new events and listings take it where they name none.' }),
    revision: z.int().meta({ description: 'Raised by every write to the calendar.' }),
    default: z.boolean().meta({ description: 'Whether events that name no calendar go here.' }),
  })
  .meta({
    id: 'Calendar',
    description: 'A calendar of one user.',
    examples: [
      { id: ID, owner: 'alice', name: 'Calendar', time_zone: 'Europe/Berlin', revision: 7, default: true },
    ],
  });

export const CalendarList = z
  .object({ calendars: z.array(Calendar).meta({ description: 'The default one first.' }) })
  .meta({ id: 'CalendarList', description: "The user's calendars." });

/** The path of one calendar. */
export const CalendarPath = z.strictObject({
  id: z.string().meta({ description: 'The id of the calendar, a UUID.', example: ID }),
});
