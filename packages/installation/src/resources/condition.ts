import { choice, integer, list, object, text } from '../schema/build-schema.ts';
import type { Infer } from '../schema/schema.ts';

/** One thing that is or is not so, and why: the shape that all of Kubernetes uses. */
const conditionSchema = object(
  {
    type: text({
      description: 'What is said: Available, for example.',
      maxLength: 316,
      pattern: '^[A-Za-z][A-Za-z0-9]*$',
    }),
    status: choice(['True', 'False', 'Unknown'], { description: 'Whether it is so.' }),
    observedGeneration: integer({
      description: 'The generation of the resource that this was found at.',
      minimum: 0,
      format: 'int64',
      default: 0,
    }),
    lastTransitionTime: text({ description: 'When the status last changed.', format: 'date-time' }),
    reason: text({
      description: 'Why, in one word, for programs.',
      pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
    }),
    message: text({ description: 'Why, in a sentence, for people.', maxLength: 32_768 }),
  },
  { description: 'One thing that is or is not so, and why.' },
);

export type Condition = Infer<typeof conditionSchema>;

export function conditionList(description: string) {
  return list(conditionSchema, { description, maxItems: 32, keys: ['type'] });
}
