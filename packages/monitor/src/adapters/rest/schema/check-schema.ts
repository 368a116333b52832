import { z } from 'zod';
import { choice, text, wholeNumber } from './parameters.ts';
import { timestamp } from './reading-schema.ts';

const checkId = z
  .int()
  .min(1)
  .meta({ description: 'Unique and stable; a later check has a greater one.', example: 17 });

const domain = z.string().meta({ description: 'What the target is called.', example: 'gometr' });

const Check = z.object({ id: checkId, timestamp, domain, status: z.enum(['pass', 'fail', 'unknown']) }).meta({
  id: 'Check',
  description: 'What came of one check. `warn` reads as `pass`; `unknown` is there where it is asked for.',
});

export const CheckList = z.array(Check);

const num = wholeNumber({
  min: 1,
  max: 1000,
  description: 'The last so many; by default 7.',
  example: 7,
});

const ofDomain = text({ description: 'Of this domain alone.', example: 'gometr' });

export const ChecksQuery = z.strictObject({
  domain: ofDomain.optional(),
  num: num.optional(),
  include: choice(['unknown'], {
    description: 'Also those that say nothing of the target, because the checker was in trouble.',
    example: 'unknown',
  }).optional(),
});

export const status = z.enum(['pass', 'warn', 'fail', 'unknown']);

export const durationMs = z
  .number()
  .meta({ description: 'How long it took, in milliseconds.', example: 12.5 });

export const CheckResultAnswer = z
  .object({
    id: checkId,
    timestamp,
    domain,
    target_id: z.string().meta({ description: 'The name of the target in its configuration.' }),
    status,
    duration_ms: durationMs,
    reason: z.string().nullable().meta({ description: 'Why it did not pass, for people.' }),
  })
  .meta({ id: 'CheckResult', description: 'What came of one check, in full.' });

export const CheckResultList = z.array(CheckResultAnswer);

export const ResultsQuery = z.strictObject({ domain: ofDomain.optional(), num: num.optional() });
