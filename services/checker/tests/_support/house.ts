import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckResult, TargetStanding } from '@daywatch/monitor';
import { createPostgresCheckResults, createPostgresTargets } from '@daywatch/monitor/postgres';
import { formatLabels, parseSelector, type SeriesSamples } from '@daywatch/series';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { openPostgres } from '@daywatch/service-kit/postgres';
import { createTestDatabase } from '../../../../tests/_support/databases.ts';
import {
  startReadyWorker,
  startWorkerProcess,
  type WorkerProcess,
} from '../../../../tests/_support/worker-process.ts';

/** A database, and a folder with configurations, for checkers in processes of their own. */
export interface House extends AsyncDisposable {
  readonly dsn: string;
  readonly folder: string;
  /** Writes the configuration, as a whole or not at all. @returns its path */
  readonly configure: (targets: readonly object[], name?: string) => Promise<string>;
  /** Starts a checker on that configuration; it is ready when this resolves. */
  readonly start: (options?: StartOptions) => Promise<WorkerProcess>;
  /** Packs everything into blocks, however little it is. @returns how many scrapes */
  readonly seal: () => Promise<number>;
  readonly standings: () => Promise<readonly TargetStanding[]>;
  readonly standing: (id: string) => Promise<TargetStanding | undefined>;
  readonly results: (domain?: string) => Promise<readonly CheckResult[]>;
  /** The samples of the matching series, by the text of the series. */
  readonly select: (selector: string) => Promise<ReadonlyMap<string, SeriesSamples>>;
}

export interface StartOptions {
  /** Of its spool, and as it is called; by default `one`. */
  readonly name?: string;
  /** By default that of the house. */
  readonly dsn?: string;
  readonly config?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** By default true. */
  readonly waitsForReady?: boolean;
}

/** @param options.dsn of a migrated database; by default one of the house's own. */
export async function openHouse(options: { readonly dsn?: string } = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-checker-'));
  const database = options.dsn === undefined ? await createTestDatabase() : undefined;
  const dsn = options.dsn ?? database?.dsn ?? '';
  const db = openPostgres({ dsn, applicationName: 'checker test reader', maxConnections: 3 });
  const { board } = createPostgresTargets(db);
  const results = createPostgresCheckResults(db);
  const { reader, upkeep } = createPostgresSeries(db);
  const standings = (): Promise<readonly TargetStanding[]> => board.list();
  return {
    dsn,
    folder,
    async configure(targets, name = 'checker.yaml') {
      const path = join(folder, name);
      // JSON is YAML.
      await writeFile(`${path}.new`, JSON.stringify({ targets }));
      await rename(`${path}.new`, path);
      return path;
    },
    start({ name = 'one', config, env, waitsForReady = true, ...rest } = {}) {
      const start = waitsForReady ? startReadyWorker : startWorkerProcess;
      return start(
        'checker',
        {
          DAYWATCH_STORAGE_DSN: rest.dsn ?? dsn,
          DAYWATCH_CHECKER_NAME: name,
          DAYWATCH_SPOOL_FOLDER: join(folder, `spool-${name}`),
          ...env,
        },
        [`--config=${config ?? join(folder, 'checker.yaml')}`],
      );
    },
    seal: async () => (await upkeep.seal(Date.now() + 86_400_000)).sealedScrapes,
    standings,
    standing: async (id) => (await standings()).find((target) => target.id === id),
    results: (domain) =>
      results.last({ count: 1000, includesUnknown: true, ...(domain === undefined ? {} : { domain }) }),
    async select(selector) {
      const found = new Map<string, SeriesSamples>();
      const query = { matchers: parseSelector(selector), startMs: 0, endMs: Date.now() + 3_600_000 };
      for await (const series of reader.select(query)) found.set(formatLabels(series.labels), series);
      return found;
    },
    async [Symbol.asyncDispose]() {
      await db.close();
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
