import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Surroundings } from './surroundings.ts';

export interface TokenRequest {
  /** What it is for. */
  readonly name: string;
  readonly user: string;
  readonly scopes?: readonly ('calendar' | 'monitor:read')[];
  /** How long it works, such as `1s`. */
  readonly expires?: string;
}

const DEADLINE_MS = 30_000;

/** Makes a token as whoever runs a server does, on the command line. The user is made with it. */
export async function createToken(
  surroundings: Surroundings,
  { name, user, scopes = ['calendar', 'monitor:read'], expires }: TokenRequest,
): Promise<string> {
  const options = [
    '--user',
    user,
    '--scope',
    ...scopes,
    ...(expires === undefined ? [] : ['--expires', expires]),
  ];
  const stdout = await runDaywatch(surroundings, ['token', 'create', name, ...options]);
  return stdout.trim();
}

export async function revokeToken(surroundings: Surroundings, name: string, user: string): Promise<void> {
  await runDaywatch(surroundings, ['token', 'revoke', name, '--user', user]);
}

/** It finds the database where we have found it: in the environment. */
async function runDaywatch({ daywatch }: Surroundings, args: readonly string[]): Promise<string> {
  const [program = '', ...words] = daywatch;
  const { stdout } = await promisify(execFile)(program, [...words, ...args], { timeout: DEADLINE_MS });
  return stdout;
}
