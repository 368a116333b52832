import { z } from 'zod';
import { durationMs, status } from './check-schema.ts';
import { timestamp } from './reading-schema.ts';

export const TargetAnswer = z
  .object({
    id: z.string().meta({ description: 'Its name in the configuration.', example: 'gometr' }),
    domain: z.string().meta({ description: 'What it is called in checks.', example: 'gometr' }),
    kind: z.enum(['prometheus', 'http']),
    url: z.string().meta({ description: 'Without credentials.', example: 'http://localhost:8000' }),
    interval_ms: z.int(),
    timeout_ms: z.int(),
    state: status.meta({ description: '`unknown` before the first check, and while no checker has it.' }),
    reason: z.string().nullable().meta({ description: 'Why it does not pass, for people.' }),
    since: timestamp.nullable().meta({ description: 'Since when its checks have come out like that.' }),
    last_check: z.object({ timestamp, duration_ms: durationMs }).nullable(),
    last_scrape: z
      .object({
        timestamp,
        samples: z.int().meta({ description: 'How many samples it exposed.' }),
        refused: z.int().meta({ description: 'How many of them could not be stored.' }),
      })
      .nullable()
      .meta({ description: 'The last time that metrics were read.' }),
    last_error: z
      .object({ timestamp, message: z.string() })
      .nullable()
      .meta({ description: 'What went wrong last, kept when it is well again.' }),
    checker: z.string().nullable().meta({ description: 'Which checker has it at the moment.' }),
  })
  .meta({ id: 'Target', description: 'What is watched, and how it stands.' });

export const TargetList = z.array(TargetAnswer);

export const NoQuery = z.strictObject({});
