import { createPostgresSeries } from '@daywatch/series/postgres';
import type { Postgres } from '@daywatch/service-kit/postgres';
import { openDiskSpool } from '../../src/adapters/disk/index.ts';
import { createPostgresCheckResults, createPostgresTargets } from '../../src/adapters/postgres/index.ts';
import { createSystemClock } from '../../src/adapters/system/index.ts';
import { createFindingWriter, Recorder, type Spool } from '../../src/index.ts';

export interface CrashRecorderOptions {
  readonly db: Postgres;
  /** Of the spool. */
  readonly folder: string;
  /** Told of each step of the spool and of the writing. */
  readonly onStep?: (step: string) => void;
  readonly isAway?: () => boolean;
}

/** A recorder that runs, on a disk and a database. */
export async function openRecorder(
  options: CrashRecorderOptions,
): Promise<{ readonly recorder: Recorder; readonly spool: Spool }> {
  const { db, folder, onStep = () => undefined, isAway = () => false } = options;
  const spool = await openDiskSpool({ folder, maxBytes: 2 ** 26, onStep });
  const write = createFindingWriter({
    series: createPostgresSeries(db).writer,
    results: createPostgresCheckResults(db),
    board: createPostgresTargets(db).board,
    onStep,
  });
  const recorder = new Recorder({
    clock: createSystemClock(),
    write: (findings) => (isAway() ? Promise.reject(new Error('away')) : write(findings)),
    spool,
    isHopeless: () => false,
    log: { info: () => undefined, warn: () => undefined },
  });
  recorder.start();
  return { recorder, spool };
}
