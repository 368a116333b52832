import { flag, integer, object, optional, text } from '../schema/build-schema.ts';
import type { Infer } from '../schema/schema.ts';
import type { Resource } from './group.ts';
import { commonFields, WHERE_RULE, type TargetStatus } from './target-fields.ts';

export const scrapeTargetSpecSchema = object(
  {
    ...commonFields,
    path: text({
      description: 'Where its metrics are.',
      default: '/metrics',
      pattern: '^/',
      maxLength: 1024,
    }),
    healthPath: text({
      description: 'Where its health is; none for what has no health of its own, as most exporters.',
      default: 'none',
      pattern: '^(/.*|none)$',
      maxLength: 1024,
    }),
    honorLabels: flag({
      description: 'Whether its labels win over ours where both have one.',
      default: false,
    }),
    maxSamples: optional(
      integer({ description: 'The most samples that one answer may have.', minimum: 1, maximum: 1_048_568 }),
    ),
  },
  { description: 'What is wanted.', rules: [WHERE_RULE] },
);

export type ScrapeTargetSpec = Infer<typeof scrapeTargetSpecSchema>;
/** Something whose metrics the checker reads. */
export type ScrapeTarget = Resource<'ScrapeTarget', ScrapeTargetSpec, TargetStatus>;
