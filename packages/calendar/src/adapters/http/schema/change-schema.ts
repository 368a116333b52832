import { z } from 'zod';

/** The body of a stream, which no schema describes: the operation does, in words. */
export const EventStream = z.string().meta({
  description: 'Server-sent events, as the HTML standard has them; the data of each is JSON.',
  example:
    'event: calendars\ndata: {"calendars":[{"id":"0196a1b2-0000-7000-8000-5c6d7e8f9a0b","revision":12}]}\n\n',
});
