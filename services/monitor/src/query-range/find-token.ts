import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError, type Env } from '@daywatch/service-kit/config';

export interface TokenPlaces {
  /** What the command line names. */
  readonly file: string | undefined;
  readonly env: Env;
  readonly cwd: string;
}

/**
 * Finds the token: what is named before where `make run` leaves it. None is an answer too: the server then says what
 * it needs.
 * @throws ConfigError where a file that was named cannot be read.
 */
export async function findToken({ file, env, cwd }: TokenPlaces): Promise<string | undefined> {
  if (file !== undefined) return readNamed('--token-file', file);
  if (env['DAYWATCH_TOKEN']) return env['DAYWATCH_TOKEN'].trim();
  if (env['DAYWATCH_TOKEN_FILE']) return readNamed('DAYWATCH_TOKEN_FILE', env['DAYWATCH_TOKEN_FILE']);
  for (const path of usualPlaces(env, cwd)) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return text.trim();
  }
  return undefined;
}

function* usualPlaces(env: Env, cwd: string): Generator<string> {
  if (env['DAYWATCH_DATA']) yield join(env['DAYWATCH_DATA'], 'token');
  for (let folder = cwd; ; folder = dirname(folder)) {
    yield join(folder, '.daywatch', 'token');
    if (folder === dirname(folder)) return;
  }
}

async function readNamed(source: string, path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new ConfigError(`${source}: '${path}' cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
