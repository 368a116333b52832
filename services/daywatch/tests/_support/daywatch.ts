import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folder } from './folder.ts';
import {
  signalGroup,
  startProgram,
  type Environment,
  type Finished,
  type Place,
  type Program,
} from './run-program.ts';
import { waitFor } from './wait-for.ts';

/** A running `daywatch run`, on a free port. */
export interface Daywatch extends AsyncDisposable {
  readonly program: Program;
  readonly port: number;
  readonly url: string;
  readonly token: string;
  /** What it has printed for people. */
  readonly banner: string;
  /** Asks with the token. */
  readonly fetch: (
    path: string,
    init?: Omit<RequestInit, 'headers'> & { readonly headers?: Environment },
  ) => Promise<Response>;
  /** Sends the signal to its process group, and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Finished>;
}

/** Starts `daywatch run` in the folder; it is ready when this resolves. */
export async function startDaywatch(folder: Folder, place: Partial<Place> = {}): Promise<Daywatch> {
  const env: Environment = { DAYWATCH_HTTP_PORT: '0', ...place.env };
  const program = startProgram(['run'], { cwd: folder.path, ...place, env });
  const banner = await waitFor('the banner', () => {
    if (program.process.exitCode !== null) {
      throw new Error(`daywatch ended: ${program.stderr()}${program.stdout()}`);
    }
    return /^Daywatch [^]*? week tomorrow$/m.exec(program.stdout())?.[0];
  });
  const url = /http:\/\/[^\s/]+/.exec(banner)?.[0] ?? '';
  const token = (await readFile(join(env['DAYWATCH_DATA'] ?? folder.data, 'token'), 'utf8')).trim();
  const stop = async (signal: NodeJS.Signals = 'SIGINT'): Promise<Finished> => {
    if (program.process.exitCode === null) signalGroup(program, signal);
    return program.finished;
  };
  return {
    program,
    port: Number(new URL(url).port),
    url,
    token,
    banner,
    fetch: (path, init) =>
      fetch(`${url}${path}`, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } }),
    stop,
    [Symbol.asyncDispose]: async () => void (await stop('SIGKILL').catch(() => undefined)),
  };
}
