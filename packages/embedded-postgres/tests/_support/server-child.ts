/**
 * A process of its own that starts PostgreSQL: tests kill it, run it as other users and in small file systems.
 * Its argument is the options as JSON. It prints one line of JSON, then logs, and stops when its input ends.
 */
import { EmbeddedPostgresError, startEmbeddedPostgres, type StartOptions } from '../../src/index.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as StartOptions;
const logged: string[] = [];
try {
  const postgres = await startEmbeddedPostgres({ ...options, log: (line) => logged.push(line) });
  const { pid, port, version, superuserDsn } = postgres;
  report({ kind: 'ready', pid, port, version, dsn: superuserDsn, logged });
  process.stdin.resume().once('end', () => void postgres.stop());
} catch (error) {
  if (!(error instanceof EmbeddedPostgresError)) throw error;
  report({ kind: 'failed', code: error.code, message: error.message, logged });
  process.exitCode = 1;
}

function report(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
