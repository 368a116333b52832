import { dirname, join } from 'node:path';
import { UsageError } from './failure.ts';
import type { Surroundings } from './surroundings.ts';

export interface TokenOptions {
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
}

/** A token and where it came from, for messages. */
export interface FoundToken {
  readonly token: string;
  readonly source: string;
}

/**
 * Finds the token: options before the environment before the files where a server leaves it. Nothing
 * is an answer too: the server then says what it needs.
 * @throws UsageError where a token or file that was named cannot be used.
 */
export async function findToken(
  options: TokenOptions,
  surroundings: Surroundings,
): Promise<FoundToken | undefined> {
  const { env } = surroundings;
  if (options.token !== undefined) return checked(options.token, '--token');
  if (options.tokenFile !== undefined) return readNamed(options.tokenFile, '--token-file', surroundings);
  if (env['DAYWATCH_TOKEN']) return checked(env['DAYWATCH_TOKEN'], 'DAYWATCH_TOKEN');
  const named = env['DAYWATCH_TOKEN_FILE'];
  if (named) return readNamed(named, 'DAYWATCH_TOKEN_FILE', surroundings);
  for (const path of usualPlaces(surroundings)) {
    const text = await readIfThere(path, surroundings);
    if (text !== undefined) return checked(text, path);
  }
  return undefined;
}

function* usualPlaces({ env, cwd, home }: Surroundings): Generator<string> {
  const data = env['DAYWATCH_DATA'];
  if (data) yield* [join(data, 'token'), join(data, '.daywatch', 'token')];
  for (let folder = cwd; ; folder = dirname(folder)) {
    yield join(folder, '.daywatch', 'token');
    if (folder === dirname(folder)) break;
  }
  yield join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'daywatch', 'token');
}

async function readNamed(path: string, source: string, { readFile }: Surroundings): Promise<FoundToken> {
  try {
    return checked(await readFile(path), `${source} ${path}`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${source}: cannot read '${path}': ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Not being there is no news; being there and unreadable is. */
async function readIfThere(path: string, { readFile }: Surroundings): Promise<string | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return undefined;
    throw new UsageError(
      `cannot read the token file '${path}': ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function checked(text: string, source: string): FoundToken {
  const token = text.trim();
  if (/^[\u0021-\u007e]{1,4096}$/.test(token)) return { token, source };
  throw new UsageError(
    `${source}: holds no token; allowed is one line such as dw_…, as 'daywatch token create' prints it`,
  );
}
