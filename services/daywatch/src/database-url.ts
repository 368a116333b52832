import { readFile } from 'node:fs/promises';
import { ConfigError } from '@daywatch/service-kit/config';
import type { DataFolder } from './run/data-folder.ts';

/**
 * The database that a command works on: the configured one, else that of the `daywatch run` which runs on
 * the data folder.
 * @throws ConfigError where there is neither.
 */
export async function findDatabaseUrl(configured: string | undefined, folder: DataFolder): Promise<string> {
  if (configured !== undefined) return configured;
  const running = await readFile(folder.databaseUrl, 'utf8').catch(() => undefined);
  if (running !== undefined) return running.trim();
  throw new ConfigError(
    `storage.dsn: is missing, and no 'daywatch run' runs on ${folder.path}; allowed is the address of a database, such as postgres://user:password@host:5432/name, in the configuration or in DAYWATCH_STORAGE_DSN`,
  );
}
