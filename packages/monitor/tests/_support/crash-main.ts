/**
 * A recorder in a process of its own, which kills itself at a step that it is told. It says on standard output which
 * second it has taken. Its only argument is a Task as JSON.
 */
import { writeSync } from 'node:fs';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { openPostgres } from '@daywatch/service-kit/postgres';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import { openRecorder } from './crash-recorder.ts';
import { makeFinding } from './findings.ts';

export interface Task {
  readonly dsn: string;
  readonly folder: string;
  /** What it takes: seconds, each once the one before is in the database or on the disk. */
  readonly seconds: readonly number[];
  /** While it takes these, the database counts as away. */
  readonly away: readonly number[];
  /** Whether it takes them all at once instead, and then seals. */
  readonly seals: boolean;
  /** From that second on. */
  readonly dieAt: { readonly step: string; readonly second: number };
}

const { dsn, folder, seconds, away, seals, dieAt } = JSON.parse(process.argv[2] ?? '') as Task;
let current = 0;

const onStep = (step: string): void => {
  if (step === dieAt.step && current >= dieAt.second) process.kill(process.pid, 'SIGKILL');
};
const db = openPostgres({ dsn, applicationName: 'crash test', role: 'daywatch_checker' });
const { recorder, spool } = await openRecorder({ db, folder, onStep, isAway: () => away.includes(current) });
for (const [i, second] of seconds.entries()) {
  current = second;
  recorder.take(makeFinding(second));
  writeSync(1, `${second}\n`);
  if (!seals) await waitFor('it is safe', () => recorder.counts.written + spool.usage().findings > i);
}
await waitFor('all is written', () => recorder.counts.written >= seconds.length);
current = Number.MAX_SAFE_INTEGER;
await recorder.stop(60_000);
if (seals) await createPostgresSeries(db, { onStep }).upkeep.seal(Date.now());
// What was to die lives on: its test fails by the exit code.
process.exit(3);
