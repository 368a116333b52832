import { choice, integer, integerOrText, list, map, object, optional, text } from '../schema/build-schema.ts';
import type { Infer } from '../schema/schema.ts';
import { conditionList } from './condition.ts';
import { NAME } from './daywatch-fields.ts';

const DURATION = String.raw`^([0-9]+(\.[0-9]+)?(ms|s|m|h|d))+$`;
export const duration = (description: string, byDefault?: string) =>
  text({
    description,
    pattern: DURATION,
    maxLength: 32,
    ...(byDefault === undefined ? {} : { default: byDefault }),
  });

const namespace = optional(
  text({
    description: 'The namespace to look in; by default that of this resource.',
    pattern: NAME,
    maxLength: 63,
  }),
);
const scheme = choice(['http', 'https'], { description: 'How it is called.', default: 'http' });
const port = integerOrText({ description: 'The port, by its name or its number.' });
const matchLabels = map(text({ description: 'A value.', maxLength: 63 }), {
  description: 'The labels that it has.',
  maxProperties: 32,
});

const serviceSchema = object(
  {
    namespace,
    name: optional(text({ description: 'The one Service of this name.', pattern: NAME, maxLength: 63 })),
    matchLabels: optional(matchLabels),
    port,
    scheme,
  },
  {
    description: 'Services: each is one target, called by its name.',
    rules: [{ rule: 'has(self.name) != has(self.matchLabels)', message: 'give either name or matchLabels' }],
  },
);
const podsSchema = object(
  { namespace, matchLabels, port, scheme },
  { description: 'Pods: each that runs is one target, called by its address.' },
);

/** Where targets are: an address, or what selects them. */
const whereFields = {
  url: optional(
    text({
      description: 'The address of one target.',
      pattern: '^https?://[^/?#@\\s]+[^\\s]*$',
      maxLength: 2048,
    }),
  ),
  service: optional(serviceSchema),
  pods: optional(podsSchema),
} as const;
export const WHERE_RULE = {
  rule: '(has(self.url) ? 1 : 0) + (has(self.service) ? 1 : 0) + (has(self.pods) ? 1 : 0) == 1',
  message: 'give exactly one of url, service and pods',
};
export type ServiceSelector = Infer<typeof serviceSchema>;
export type PodSelector = Infer<typeof podsSchema>;

export const commonFields = {
  installation: text({
    description: 'The Daywatch in this namespace whose checker watches it.',
    pattern: NAME,
    maxLength: 63,
    default: 'daywatch',
  }),
  ...whereFields,
  interval: duration('The time between two checks.', '15s'),
  timeout: duration('How long one check may take; never longer than the interval.', '3s'),
  labels: map(text({ description: 'A value.', maxLength: 2000 }), {
    description: 'Labels that every series of it gets.',
    maxProperties: 32,
    default: {},
  }),
} as const;

/** How the targets of one resource stand, at most so many of them listed. */
export const LISTED_ENDPOINTS = 100;

export const targetStatusSchema = object(
  {
    observedGeneration: optional(
      integer({ description: 'The generation that was last acted on.', minimum: 0, format: 'int64' }),
    ),
    targets: integer({ description: 'How many targets it comes to.', minimum: 0, default: 0 }),
    lastResult: optional(
      choice(['pass', 'warn', 'fail', 'unknown'], { description: 'The worst of the last results.' }),
    ),
    lastError: optional(text({ description: 'What was wrong at last.', maxLength: 4096 })),
    endpoints: optional(
      list(
        object(
          {
            name: text({ description: 'What the checker calls it.', maxLength: 253 }),
            url: text({ description: 'Its address.', maxLength: 2048 }),
            checker: optional(text({ description: 'Which checker has it.', maxLength: 253 })),
            since: optional(text({ description: 'Since when.', format: 'date-time' })),
            lastCheck: optional(text({ description: 'When it was last checked.', format: 'date-time' })),
            lastResult: optional(
              choice(['pass', 'warn', 'fail', 'unknown'], { description: 'What came of it.' }),
            ),
            lastError: optional(text({ description: 'What was wrong.', maxLength: 4096 })),
          },
          { description: 'One target.' },
        ),
        {
          description: `The targets, the first ${LISTED_ENDPOINTS} by name.`,
          maxItems: LISTED_ENDPOINTS,
          keys: ['name'],
        },
      ),
    ),
    conditions: optional(conditionList('Accepted: whether the checker has it, and why not.')),
  },
  { description: 'What was found.' },
);
export type TargetStatus = Infer<typeof targetStatusSchema>;
