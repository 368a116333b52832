import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './person.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface ProcessOptions {
  /** The whole environment of the process, besides where programs are found. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs the client as a process of its own. */
export async function runProcess(argv: readonly string[], options: ProcessOptions = {}): Promise<Outcome> {
  return finish(spawn(process.execPath, [MAIN, ...argv], toSpawnOptions(options)));
}

/** Runs a line of a shell in which `calendar_client` is the client. */
export async function runShell(
  script: string,
  options: ProcessOptions = {},
  shell = 'bash',
): Promise<Outcome> {
  const name = `calendar_client() { "${process.execPath}" "${MAIN}" "$@"; }\n`;
  const args = shell === 'bash' ? ['--norc', '--noprofile', '-c', name + script] : ['-c', name + script];
  return finish(spawn(shell, args, toSpawnOptions(options)));
}

function toSpawnOptions({ env = {}, cwd }: ProcessOptions) {
  return { env: { PATH: process.env['PATH'], HOME: '/nonexistent', LANG: 'C.UTF-8', ...env }, cwd };
}

async function finish(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end();
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === null) reject(new Error(`the process ended by ${signal}; stderr: ${stderr}`));
      else resolve(code);
    });
  });
  return { exitCode, stdout, stderr };
}
