import { z } from 'zod';

/** The one shape of every error. */
export const ErrorAnswer = z
  .object({
    code: z.int().meta({ description: 'The HTTP status.' }),
    error: z.string().meta({ description: 'The stable code, for programs.' }),
    message: z
      .string()
      .meta({ description: 'A sentence for people that names the field, the value and what is allowed.' }),
    details: z.array(z.record(z.string(), z.unknown())).meta({
      description:
        'For `date_busy` what is in the way: `{event_id, recurrence_id, start, end}`; for invalid input what is wrong: `{field, description}`.',
    }),
  })
  .meta({
    id: 'Error',
    description: 'Why the request failed.',
    examples: [
      {
        code: 400,
        error: 'invalid_event',
        message:
          "end: '2026-11-23T08:00:00Z' is not after the start '2026-11-23T09:00:00Z'; allowed is a later time",
        details: [
          {
            field: 'end',
            description:
              "'2026-11-23T08:00:00Z' is not after the start '2026-11-23T09:00:00Z'; allowed is a later time",
          },
        ],
      },
    ],
  });
