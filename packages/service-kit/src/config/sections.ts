import { z } from 'zod';
import { byteSize, count, duration, orDefaults, secret, section } from './value-types.ts';

/** Where a process listens. */
export function httpSection(options: { readonly port: number }) {
  return section({
    host: z.string().min(1).default('127.0.0.1').meta({
      description:
        'The address to listen on. The default is reachable from this machine alone; 0.0.0.0 (or ::) is every address.',
    }),
    port: count({ default: options.port, min: 0, max: 65_535 }).meta({
      description: 'The TCP port to listen on; 0 takes any free one.',
    }),
    allowed_hosts: z.array(z.string().min(1)).default([]).meta({
      description:
        'Names that clients may put into the Host header, besides loopback names and addresses: calendar.example.org, *.example.org (any name below it), or * (any).',
    }),
  });
}

/** `log_file` and `log_level`, to be spread into the schema: they stand at the top. */
export const logKeys = {
  log_file: z.string().min(1).optional().meta({
    description: 'Also write the log lines into this file. It is opened anew on SIGHUP, for log rotation.',
    example: '/var/log/daywatch.log',
  }),
  log_level: z.enum(['error', 'warn', 'info', 'debug']).default('info').meta({
    description:
      'The least important lines to write. Access lines are info, those of health and metrics debug while they succeed.',
  }),
} as const;

/** Where data is kept. */
export function storageSection<const T extends readonly [string, ...string[]]>(options: {
  readonly types: T;
  readonly default: T[number];
}) {
  const object = z.strictObject({
    type: z
      .enum(options.types)
      .default(options.default as never)
      .meta({ description: 'Where data is kept.' }),
    dsn: secret().optional().meta({
      description: 'The address of the PostgreSQL database, with user and password.',
      type: 'text',
      example: 'postgres://daywatch:secret@localhost:5432/daywatch',
    }),
  });
  return orDefaults(
    object.refine((storage) => storage.type !== 'postgres' || storage.dsn !== undefined, {
      path: ['dsn'],
      error:
        "is missing; storage.type is 'postgres', which needs the address of the database, such as postgres://user:password@host:5432/name",
    }),
  );
}

/** The limits that every process with an API has; a service spreads its own beside them. */
export const apiLimits = {
  body: byteSize({ default: '1MiB', max: '64MiB' }).meta({
    description: 'The largest request body, and the largest gRPC message.',
  }),
  concurrent_requests: count({ default: 256, min: 1, max: 100_000 }).meta({
    description: 'How many requests are worked on at once.',
  }),
  queued_requests: count({ default: 4096, min: 0, max: 1_000_000 }).meta({
    description:
      'How many more may wait for their turn. Beyond that a request is refused: 429 or RESOURCE_EXHAUSTED.',
  }),
  request_timeout: duration({ default: '30s', min: '10ms', max: '1h' }).meta({
    description: 'How long a request may take, waiting included, whatever deadline its client asks for.',
  }),
  connections: count({ default: 10_000, min: 1, max: 1_000_000 }).meta({
    description: 'How many connections may be open at once.',
  }),
  connections_per_address: count({ default: 2000, min: 1, max: 1_000_000 }).meta({
    description: 'How many of them one client address (IPv6: one /64 network) may have.',
  }),
} as const;

/** How a process stops. */
export function shutdownSection() {
  return section({
    timeout: duration({ default: '10s', min: '0s', max: '1h' }).meta({
      description: 'How long work in flight may go on after SIGTERM before it is cut off.',
    }),
  });
}

/** Who may read `/metrics`. */
export function metricsSection() {
  return section({
    public: z.boolean().default(false).meta({
      description: 'Whether /metrics is open to everybody who reaches the port, not from loopback alone.',
    }),
  });
}
