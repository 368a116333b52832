import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleExecutable } from '../../../../tests/_support/bundle-executable.ts';
import { startDockerEngine } from '../../../../tests/_support/docker-engine.ts';
import { askEngine, listDockerThings, type DockerThings } from '../../../../tests/_support/docker-things.ts';
import { importBusybox } from '../../../../tests/_support/stand-in-images.ts';
import { waitFor } from '../../../../tests/_support/wait-for.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export interface Finished {
  /** The exit code, or the signal that ended it. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** A testbox that goes on. */
export interface Running {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  readonly finished: Promise<Finished>;
}

/** A Docker Engine of its own, and folders to run testbox in. */
export interface Workshop extends AsyncDisposable {
  readonly host: string;
  /** A new folder with these files. */
  readonly folder: (files: Readonly<Record<string, string>>) => Promise<string>;
  /** Starts testbox in a folder. */
  readonly start: (
    folder: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Running;
  readonly run: (
    folder: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<Finished>;
  readonly things: () => Promise<DockerThings>;
  /** Asks the engine itself. */
  readonly ask: <T>(path: string, method?: string, body?: object) => Promise<T>;
}

export async function openWorkshop(): Promise<Workshop> {
  const engine = await startDockerEngine();
  await importBusybox(engine.host);
  const root = await mkdtemp(join(tmpdir(), 'testbox-'));
  const bundle = await bundleExecutable('testbox');
  const running = new Set<ChildProcess>();
  const start: Workshop['start'] = (folder, args, env) => {
    const made = startTestbox(
      folder,
      args,
      { DOCKER_HOST: engine.host, ...env },
      { program: bundle.program },
    );
    running.add(made.child);
    void made.finished.then(() => running.delete(made.child));
    return made;
  };
  return {
    host: engine.host,
    async folder(files) {
      const folder = await mkdtemp(join(root, 'run-'));
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), text);
      }
      return folder;
    },
    start,
    run: (folder, args, env) => start(folder, args, env).finished,
    things: () => listDockerThings(engine.host),
    ask: (path, method, body) => askEngine(engine.host, path, method, body),
    async [Symbol.asyncDispose]() {
      for (const child of running) child.kill('SIGKILL');
      await engine[Symbol.asyncDispose]();
      for (const folder of [root, bundle.folder]) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The variables of the test run itself do not count. @param options another program than the sources, and what it is to be started with */
export function startTestbox(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { program = MAIN, before = [] }: { readonly program?: string; readonly before?: readonly string[] } = {},
): Running {
  const { PATH = '' } = process.env;
  // The kernel ends it with a test run that is killed.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...before, process.execPath, program, ...args], {
    cwd: folder,
    env: { PATH, HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code, signal) => resolve({ code: code ?? signal ?? 'nothing', stdout, stderr }));
  });
  return { child, stderr: () => stderr, finished };
}

/** Waits until a running testbox has said something. */
export async function waitForWords(running: Running, words: string): Promise<void> {
  let hasEnded = false;
  void running.finished.then(() => (hasEnded = true));
  await waitFor(`testbox to say '${words}'`, () => {
    if (running.stderr().includes(words)) return true;
    if (hasEnded) throw new Error(`it has ended without saying '${words}': ${running.stderr()}`);
    return false;
  });
}

export async function readReport(folder: string, name = 'report.txt'): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}

/** A small web server: a page, a page that echoes what is sent, and one that shows the environment. */
export const SHOP: Readonly<Record<string, string>> = {
  Dockerfile: [
    'FROM busybox:latest',
    'COPY www /www',
    'RUN echo made while building > /www/built.txt',
    'EXPOSE 8080',
    'CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]',
    '',
  ].join('\n'),
  'www/index.html': 'hello from the shop\n',
  'www/goods.json': '{"goods":[{"name":"pencil","price":3},{"name":"paper","price":7}]}\n',
  'www/cgi-bin/echo': `#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\nX-Shop: open\\r\\n\\r\\n'\ncat\n`,
  'www/cgi-bin/env': `#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\nenv\n`,
};
