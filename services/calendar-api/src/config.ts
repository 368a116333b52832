import {
  apiLimits,
  count,
  httpSection,
  logKeys,
  metricsSection,
  orDefaults,
  secret,
  section,
  shutdownSection,
  type DeepReadonly,
} from '@daywatch/service-kit/config';
import { z } from 'zod';

const authSection = section({
  mode: z.enum(['token', 'trusted-header']).default('token').meta({
    description:
      'How requests say who makes them: a bearer token, or the header x-user-id of a gateway that has authenticated already.',
  }),
  gateways: z
    .array(z.string().min(1))
    .default([])
    .meta({
      description:
        'For trusted-header: the addresses or networks of the gateways. Without any, the process must listen on loopback.',
      example: ['10.0.0.7', '10.1.0.0/16'],
    }),
  bootstrap_token_file: z.string().min(1).optional().meta({
    description:
      'A file with the first token, all scopes, taken once: when there is no user yet. For a start without a shell.',
    example: '/run/secrets/bootstrap-token',
  }),
  bootstrap_user: z.string().min(1).max(200).default('admin').meta({
    description: 'The user that the first token belongs to.',
  }),
});

const storageSection = orDefaults(
  z
    .strictObject({
      type: z.enum(['memory', 'postgres']).optional().meta({
        description:
          'Where calendars and tokens are kept. By default postgres where storage.dsn is given, else memory: everything is forgotten when the process stops.',
        example: 'postgres',
      }),
      dsn: secret().optional().meta({
        description: 'The address of the PostgreSQL database, with user and password.',
        type: 'text',
        example: 'postgres://daywatch:secret@localhost:5432/daywatch',
      }),
      connections: count({ default: 10, min: 1, max: 1000 }).meta({
        description: 'How many connections to the database may be open at once.',
      }),
    })
    .refine((storage) => storage.type !== 'postgres' || storage.dsn !== undefined, {
      path: ['dsn'],
      error:
        "is missing; storage.type is 'postgres', which needs the address of the database, such as postgres://user:password@host:5432/name",
    }),
);

/** Every key of calendar_api. Only keys that do something stand here. */
export const calendarApiSchema = z.strictObject({
  http: httpSection({ port: 8888 }),
  auth: authSection,
  metrics: metricsSection(),
  storage: storageSection,
  calendar: section({
    time_zone: z.string().min(1).default('UTC').meta({
      description:
        'The IANA time zone of the default calendar that is made for a new user, who can change it later.',
      example: 'Europe/Berlin',
    }),
  }),
  monitor: section({
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({
        description:
          'Where restapi answers, the API of the monitor: its paths below /api/v1 are forwarded there, so that the web page has one origin. Without it they are not found.',
        example: 'http://localhost:8889',
      }),
  }),
  limits: section({
    ...apiLimits,
    streams: count({ default: 1000, min: 0, max: 100_000 }).meta({
      description:
        'How many streams of changes (/api/v1/changes) may be open at once, one for each page that is looked at. Beyond that one is refused: 429.',
    }),
    streams_per_user: count({ default: 50, min: 0, max: 100_000 }).meta({
      description: "How many of them may be one user's.",
    }),
  }),
  ...logKeys,
  shutdown: shutdownSection(),
});

export type CalendarApiConfig = DeepReadonly<z.output<typeof calendarApiSchema>>;

/** Where data is kept when nobody says so. */
export function storageTypeOf({ type, dsn }: CalendarApiConfig['storage']): 'memory' | 'postgres' {
  return type ?? (dsn === undefined ? 'memory' : 'postgres');
}
