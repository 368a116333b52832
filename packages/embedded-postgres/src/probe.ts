import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError, hasErrno } from './errors.ts';
import type { RunAs } from './run-as.ts';
import { type Program, startProgram } from './run-program.ts';
import { waitAtMost } from './wait.ts';

/** Whether programs that run as `runAs` can get into `folder`, and so whether they run at all. */
export async function canEnter(runAs: RunAs, folder: string): Promise<boolean> {
  try {
    const args = ['-c', 'cd -- "$1"', 'sh', folder];
    const program = await startProgram('/bin/sh', args, { runAs, cwd: '/' });
    return (await endOf(program)) === 0;
  } catch {
    // There is no `unshare`, or this root may not become another user.
    return false;
  }
}

/**
 * Asks the server for its version, such as `18.4`. Undefined when `runAs` cannot get to the program; throws
 * `platform_unsupported` when the machine cannot run it, whoever tries.
 */
export async function readVersion(
  runAs: RunAs,
  binaries: Binaries,
  libraryPath: string | undefined,
): Promise<string | undefined> {
  const options = { runAs, cwd: '/', libraryPath };
  const program = await startProgram(binaries.postgres, ['--version'], options).catch((error: unknown) => {
    if (hasErrno(error, 'EACCES')) return undefined;
    throw hasErrno(error, 'ENOENT', 'ENOEXEC') ? cannotExecute(binaries, error) : error;
  });
  if (program === undefined) return undefined;
  const code = await endOf(program);
  const text = program.lastLines().join('\n');
  if (code === 0) return /\d+(?:\.\d+)*/.exec(text)?.[0] ?? 'unknown';
  if (/failed to execute .*(?:No such file|Exec format)/.test(text)) throw cannotExecute(binaries, text);
  const error = EmbeddedPostgresError.fromOutput('postgres', binaries.root, program.lastLines());
  if (error.code === 'platform_unsupported' || runAs.kind === 'self') throw error;
  return undefined;
}

/** The file is there, so what cannot be found is its loader: this machine has no glibc, or another processor. */
function cannotExecute(binaries: Binaries, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'platform_unsupported',
    `${binaries.postgres} cannot be executed on this machine (${process.platform}-${process.arch}). It needs glibc, ` +
      'which Alpine and other systems with musl lack. Install PostgreSQL yourself and configure its address.',
    { cause },
  );
}

async function endOf(program: Program): Promise<number | null> {
  if (!(await waitAtMost(program.closed, 10_000))) program.kill('SIGKILL');
  return (await program.exited).code;
}
