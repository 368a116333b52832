import { z } from 'zod';
import { httpSection, logKeys, metricsSection, shutdownSection } from '../config/sections.ts';
import { count, orDefaults, secret } from '../config/value-types.ts';

/** The keys that a process has which works by itself, and is only asked how it is. */
export function workerKeys(options: { readonly port: number }) {
  return {
    http: httpSection(options),
    metrics: metricsSection(),
    ...logKeys,
    shutdown: shutdownSection(),
  } as const;
}

/**
 * The database of a process that shares its work with others: memory would not do.
 * @param options.content what is kept there, in the description; by default calendars.
 */
export function sharedStorageSection({ content = 'calendars' }: { readonly content?: string } = {}) {
  const object = z.strictObject({
    type: z
      .enum(['postgres'])
      .default('postgres')
      .meta({
        description: `Where ${content} are kept: in the database that this process shares with the API.`,
      }),
    dsn: secret().optional().meta({
      description: 'The address of the PostgreSQL database, with user and password.',
      type: 'text',
      example: 'postgres://daywatch:secret@localhost:5432/daywatch',
    }),
    connections: count({ default: 10, min: 1, max: 1000 }).meta({
      description: 'How many connections to the database may be open at once.',
    }),
  });
  return orDefaults(
    object.refine(({ dsn }) => dsn !== undefined, {
      path: ['dsn'],
      error:
        'is missing; allowed is the address of the database, such as postgres://user:password@host:5432/name',
    }),
  );
}
