import { makeUuidV7 } from '@daywatch/calendar';
import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { runClient } from '../../src/run.ts';
import type { Surroundings, Terminal } from '../../src/surroundings.ts';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The JSON of an event, a listing or an error: what tests look at one by one. */
export interface Answer {
  readonly id: string;
  readonly etag: string;
  readonly title: string;
  readonly notify_before: readonly string[];
  readonly occurrences: readonly unknown[];
}

export function readAnswer({ stdout, stderr }: Outcome): Answer {
  return JSON.parse(stdout || stderr) as Answer;
}

export interface PersonOptions {
  readonly address: string;
  readonly user?: string;
  readonly zone?: string;
  /** The present, on the wall clock of the zone. */
  readonly now?: string;
  readonly env?: Surroundings['env'];
  /** Makes it a terminal of that width. */
  readonly columns?: number;
  /** What is answered to a question; without it nobody is there to answer. */
  readonly answer?: string;
}

/** Somebody who types commands, in this process, on a clock that stands still: a Wednesday. */
export function createPerson(options: PersonOptions): (...argv: readonly string[]) => Promise<Outcome> {
  const { address, user = 'ann', zone = 'Europe/Berlin', now = '2026-11-18T15:20' } = options;
  return async (...argv) => {
    let stdout = '';
    let stderr = '';
    const terminal: Terminal = {
      writeOut: (text) => void (stdout += text),
      writeErr: (text) => void (stderr += text),
      isOutTty: options.columns !== undefined,
      isErrTty: false,
      canAsk: options.answer !== undefined,
      columns: options.columns,
      ask: async (question) => {
        stderr += question;
        return options.answer ?? '';
      },
    };
    const exitCode = await runClient(argv, {
      env: { DAYWATCH_ADDRESS: address, DAYWATCH_TOKEN: `token-${user}`, NO_COLOR: '1', ...options.env },
      cwd: '/nowhere',
      home: '/nowhere',
      systemZone: zone,
      now: () => Temporal.PlainDateTime.from(now).toZonedDateTime(zone).epochMilliseconds,
      newId: () => makeUuidV7(Date.now(), randomBytes(10)),
      readFile: async (path) => {
        throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
      },
      terminal,
    });
    return { exitCode, stdout, stderr };
  };
}
