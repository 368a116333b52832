import { z } from 'zod';

/** What a request that changes an event may say of the version that it knows. */
export const ChangeHeaders = z.looseObject({
  'if-match': z.string().optional().meta({
    description:
      'The etags of which the current one must be one, in quotes and separated by commas; `*` is any. A weak one (`W/"…"`) never matches.',
  }),
});

/** What a request that reads an event may say of the version that it knows. */
export const ReadHeaders = z.looseObject({
  'if-none-match': z
    .string()
    .optional()
    .meta({ description: 'Etags that the client has already: the answer to one of them is 304.' }),
});
