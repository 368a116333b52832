import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Debian's own interpreter, by its full path: another Python may come first on PATH and lack the package. */
const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('dateutil_oracle.py', import.meta.url));

export interface DateutilCase {
  readonly rule: string;
  readonly count: number | null;
  readonly start: string;
  readonly anchor: string;
  readonly end: string;
  readonly zone: string;
}

export type DateutilAnswer = readonly number[] | { readonly refused: string };

/** Asks one Python process for all cases. Fails with what to install where python-dateutil is missing. */
export async function askDateutil(cases: readonly DateutilCase[]): Promise<readonly DateutilAnswer[]> {
  const python = spawn(PYTHON, [SCRIPT], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exit = new Promise<number | Error>((resolve) => {
    python.once('error', resolve);
    python.once('close', (code) => resolve(code ?? 1));
  });
  python.stdin.on('error', () => undefined).end(JSON.stringify(cases));
  const [answer, problem, code] = await Promise.all([text(python.stdout), text(python.stderr), exit]);
  if (code !== 0) {
    const why = code instanceof Error ? code.message : problem.trim().split('\n').at(-1);
    throw new Error(
      `${PYTHON} could not run python-dateutil (${why}); install it with: apt-get install -y python3-dateutil`,
    );
  }
  return JSON.parse(answer) as readonly DateutilAnswer[];
}
