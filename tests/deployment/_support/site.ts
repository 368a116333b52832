import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startDockerEngine } from '../../_support/docker-engine.ts';
import { freePort } from '../../_support/free-port.ts';
import { makeServerFolder } from '../../_support/leftovers.ts';
import { checkOut, ROOT } from './checkout.ts';

/** Daywatch as docker-compose.yml describes it, in an engine of its own. Nothing runs until somebody says `up`. */
export interface Site extends AsyncDisposable {
  /** `unix://…`, for DOCKER_HOST. */
  readonly host: string;
  /** A checkout of the repository. */
  readonly folder: string;
  /** Where the API will answer. */
  readonly origin: string;
  /** `docker-compose …` at the root of the checkout. @throws Error with what it says, where it fails */
  readonly compose: (...args: readonly string[]) => Promise<Said>;
  /** What `docker …` says on standard output. @throws Error with all that it says, where it fails */
  readonly docker: (...args: readonly string[]) => Promise<string>;
  /** Runs a program with this engine and these Compose files, in a folder of the checkout. */
  readonly run: (folder: string, program: string, ...args: readonly string[]) => Promise<Said>;
}

interface Said {
  readonly stdout: string;
  /** Both outputs, as they came. */
  readonly all: string;
}

/** Starts an engine, and makes the images that it cannot pull. It takes a minute or two. */
export async function openSite(): Promise<Site> {
  const engine = await startDockerEngine();
  const folder = await makeServerFolder('site');
  try {
    await checkOut(folder);
    const port = await freePort();
    const deployment = join(folder, 'deployment');
    const env = {
      // Debian's client and Compose come before others that a machine may have.
      PATH: `/usr/bin:/bin:/usr/sbin:/sbin:${process.env['PATH']}`,
      HOME: process.env['HOME'],
      NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'],
      DOCKER_HOST: engine.host,
      DOCKER_CONFIG: join(folder, '.docker'),
      COMPOSE_FILE: `${deployment}/docker-compose.yml:${deployment}/test-images/docker-compose.stand-ins.yml`,
      // A busy machine may take its time.
      COMPOSE_HTTP_TIMEOUT: '600',
      DAYWATCH_API_PORT: String(port),
    };
    const run: Site['run'] = (cwd, program, ...args) => runProgram(program, args, join(folder, cwd), env);
    await runProgram(join(ROOT, 'deployment/test-images/make-images.sh'), ['--servers'], ROOT, env);
    return {
      host: engine.host,
      folder,
      origin: `http://127.0.0.1:${port}`,
      compose: (...args) => run('.', 'docker-compose', '--ansi', 'never', ...args),
      docker: async (...args) => (await run('.', 'docker', ...args)).stdout,
      run,
      async [Symbol.asyncDispose]() {
        await engine[Symbol.asyncDispose]();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Said> {
  // The kernel ends it with a test run that is killed.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    all += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
  const code = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${all.slice(-8000).trim()}`);
  return { stdout, all };
}
