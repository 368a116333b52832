import { choice, integer, list, object, optional, text, flag } from '../schema/build-schema.ts';
import type { Infer } from '../schema/schema.ts';
import { conditionList } from './condition.ts';
import {
  brokerSchema,
  databaseSchema,
  ingressSchema,
  NAME,
  partSchema,
  secretName,
  upgradeSchema,
} from './daywatch-fields.ts';
import type { Resource } from './group.ts';

/** A version as it stands in tags of images. */
const SEMVER = String.raw`^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9a-z]+([.-][0-9a-z]+)*)?$`;

const imagesSchema = object(
  {
    prefix: text({
      description: 'What comes before the names of the images: registry.example/daywatch.',
      default: 'daywatch',
      maxLength: 256,
    }),
    pullPolicy: choice(['Always', 'IfNotPresent', 'Never'], {
      description: 'When nodes pull the images. Always also checks that the pod may have them.',
      default: 'Always',
    }),
    pullSecrets: list(text({ description: 'The name of a Secret.', pattern: NAME, maxLength: 253 }), {
      description: 'Secrets with the credentials of the registry.',
      maxItems: 8,
      default: [],
    }),
  },
  { description: 'Where the images come from. Their tag is the version.', default: {} },
);

const partsSchema = object(
  {
    calendarApi: partSchema('The API of the calendar, and the page.'),
    calendarScheduler: partSchema('Publishes reminders when they are due.'),
    calendarSender: partSchema('Brings reminders to people.'),
    checker: partSchema('Checks targets: ScrapeTargets, HealthChecks, and those of its configuration.'),
    restapi: partSchema('Serves what the checker has read.'),
    gometr: partSchema('A small service to watch.'),
  },
  {
    description: 'Which processes there are.',
    default: {},
    rules: [
      {
        rule: [
          'self.calendarApi.enabled || self.calendarScheduler.enabled || self.calendarSender.enabled',
          'self.checker.enabled || self.restapi.enabled || self.gometr.enabled',
        ].join(' || '),
        message: 'an installation needs at least one part that is enabled',
      },
    ],
  },
);

export const daywatchSpecSchema = object(
  {
    version: text({ description: 'The version of Daywatch: 0.1.0.', pattern: SEMVER, maxLength: 30 }),
    replicas: integer({
      description: 'How many replicas each part has that does not say so itself. kubectl scale changes this.',
      minimum: 0,
      maximum: 100,
      default: 2,
    }),
    images: imagesSchema,
    parts: partsSchema,
    database: databaseSchema,
    broker: optional(brokerSchema),
    firstToken: object(
      {
        user: text({
          description: 'The user that it belongs to.',
          default: 'admin',
          minLength: 1,
          maxLength: 200,
        }),
        secretName: optional(secretName('A Secret whose key token is the token; by default one is made.')),
      },
      {
        description: 'The first token, with all scopes, which is taken when there is no user yet.',
        default: {},
      },
    ),
    ingress: optional(ingressSchema),
    upgrade: upgradeSchema,
    deletionPolicy: choice(['Retain', 'Delete'], {
      description:
        'What becomes of the volumes and passwords of a managed database and broker when this resource is deleted.',
      default: 'Retain',
    }),
  },
  { description: 'What is wanted.' },
);

export const daywatchStatusSchema = object(
  {
    observedGeneration: optional(
      integer({ description: 'The generation that was last acted on.', minimum: 0, format: 'int64' }),
    ),
    version: optional(text({ description: 'The version that serves.', maxLength: 63 })),
    migratedVersion: optional(
      text({ description: 'The version whose migrations were last applied.', maxLength: 63 }),
    ),
    migratedDatabase: optional(
      text({
        description: 'The database that they were applied to, in the words of the operator.',
        maxLength: 350,
      }),
    ),
    url: optional(text({ description: 'Where people find it.' })),
    replicas: optional(
      integer({ description: 'How many replicas of the scaled part there are.', minimum: 0 }),
    ),
    selector: optional(text({ description: 'The labels of its pods, for the autoscaler.' })),
    parts: optional(
      list(
        object(
          {
            name: text({ description: 'The part: calendarApi.', maxLength: 63 }),
            version: text({ description: 'The version of its pods.', maxLength: 63 }),
            replicas: integer({ description: 'How many are wanted.', minimum: 0 }),
            readyReplicas: integer({ description: 'How many are ready.', minimum: 0, default: 0 }),
            upToDate: flag({ description: 'Whether all pods are as they should be.', default: false }),
          },
          { description: 'How one part stands.' },
        ),
        { description: 'How each part stands.', maxItems: 16, keys: ['name'] },
      ),
    ),
    conditions: optional(
      conditionList(
        'Available, Progressing, Degraded, MigrationsApplied, DatabaseReady: what is so, and why.',
      ),
    ),
  },
  { description: 'What was found.' },
);

export const DAYWATCH_CONDITIONS = [
  'Available',
  'Progressing',
  'Degraded',
  'MigrationsApplied',
  'DatabaseReady',
] as const;

export type DaywatchSpec = Infer<typeof daywatchSpecSchema>;
export type DaywatchStatus = Infer<typeof daywatchStatusSchema>;
/** One installation. */
export type Daywatch = Resource<'Daywatch', DaywatchSpec, DaywatchStatus>;
