import {
  apiLimits,
  count,
  duration,
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
  mode: z.enum(['token', 'trusted-header', 'none']).default('token').meta({
    description:
      'How requests say who makes them: a bearer token with the scope monitor:read, the header x-user-id of a gateway that has authenticated already, or not at all.',
  }),
  gateways: z
    .array(z.string().min(1))
    .default([])
    .meta({
      description:
        'For trusted-header: the addresses or networks of the gateways. Without any, the process must listen on loopback.',
      example: ['10.0.0.7', '10.1.0.0/16'],
    }),
  allow_none_on_network: z.boolean().default(false).meta({
    description:
      'For none: that everybody who reaches the address may read all metrics and checks. Without it, none is refused on an address that is not loopback.',
  }),
});

const storageSection = orDefaults(
  z
    .strictObject({
      dsn: secret().optional().meta({
        description:
          'The address of the PostgreSQL database, with user and password: the one that checkers write to.',
        type: 'text',
        example: 'postgres://daywatch:secret@localhost:5432/daywatch',
      }),
      connections: count({ default: 10, min: 1, max: 1000 }).meta({
        description: 'How many connections to the database may be open at once.',
      }),
    })
    .refine(({ dsn }) => dsn !== undefined, {
      path: ['dsn'],
      error:
        'is missing; allowed is the address of the database, such as postgres://user:password@host:5432/name',
    }),
);

const { body: _, ...limits } = apiLimits;

/** Every key of restapi. Only keys that do something stand here. */
export const restapiSchema = z.strictObject({
  http: httpSection({ port: 8889 }),
  auth: authSection,
  metrics: metricsSection(),
  storage: storageSection,
  limits: section({
    ...limits,
    stream_timeout: duration({ default: '10m', min: '1s', max: '24h' }).meta({
      description: 'How long a long answer may take to be sent: all readings, without limit.',
    }),
  }),
  ...logKeys,
  shutdown: shutdownSection(),
});

export type RestapiConfig = DeepReadonly<z.output<typeof restapiSchema>>;
