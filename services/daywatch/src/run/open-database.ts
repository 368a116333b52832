import { rm } from 'node:fs/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@daywatch/embedded-postgres';
import type { Service } from '@daywatch/service-kit/lifecycle';
import { writeSecretFile, type DataFolder } from './data-folder.ts';

/**
 * Starts the PostgreSQL of the data folder and answers its connection string, which lies in the folder
 * too while it runs. It stops last but for the log.
 * @throws EmbeddedPostgresError
 */
export async function openEmbeddedDatabase(service: Service, folder: DataFolder): Promise<string> {
  const logger = service.logger;
  const database = await startEmbeddedPostgres({
    dataDir: folder.postgres,
    log: (line) => logger?.debug(line),
    signal: service.signal,
  });
  service.resources.use(database);
  failWithDatabase(service, database);
  await writeSecretFile(folder.databaseUrl, `${database.superuserDsn}\n`);
  service.resources.defer(() => rm(folder.databaseUrl, { force: true }));
  logger?.info(`PostgreSQL ${database.version} runs on ${folder.postgres}`);
  return database.superuserDsn;
}

/** A database that dies under us ends the process: the next start recovers it. */
function failWithDatabase(service: Service, database: EmbeddedPostgres): void {
  void database.exited.then(({ wasRequested, code, signal, lastLines }) => {
    if (wasRequested) return;
    service.logger?.error({ lines: lastLines }, 'the last lines of PostgreSQL');
    const how = signal === null ? `it ended with ${code}` : `${signal} ended it`;
    service.fail(new Error(`${how}; the next start recovers its data`), 'the embedded PostgreSQL is gone');
  });
}
