import { integerOrText, list, object, optional, text } from '../schema/build-schema.ts';
import type { Infer } from '../schema/schema.ts';
import type { Resource } from './group.ts';
import { commonFields, duration, WHERE_RULE, type TargetStatus } from './target-fields.ts';

const expectSchema = object(
  {
    status: list(integerOrText({ description: 'A status or a range of them: 204, 200-299.' }), {
      description: 'The HTTP statuses that are well.',
      minItems: 1,
      maxItems: 16,
      default: ['200-299'],
    }),
    bodyContains: optional(text({ description: 'A text that the answer has.', minLength: 1 })),
    latencyWarn: optional(duration('From which duration on it is warn.')),
    latencyFail: optional(duration('From which duration on it is fail.')),
    certificateExpiryWarn: optional(duration('How long before its certificate expires it is warn.')),
    certificateExpiryFail: optional(duration('How long before its certificate expires it is fail.')),
  },
  { description: 'What a good answer is.', default: {} },
);

export const healthCheckSpecSchema = object(
  {
    ...commonFields,
    path: text({
      description: 'What is asked for, of Services and Pods; a url says it itself.',
      default: '/',
      pattern: '^/',
      maxLength: 1024,
    }),
    expect: expectSchema,
  },
  { description: 'What is wanted.', rules: [WHERE_RULE] },
);

export type HealthCheckSpec = Infer<typeof healthCheckSpecSchema>;
/** Something that the checker asks whether it is well, by a plain GET. */
export type HealthCheck = Resource<'HealthCheck', HealthCheckSpec, TargetStatus>;
