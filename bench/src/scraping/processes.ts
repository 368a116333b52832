import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { cpuSeconds } from '../measure/cpu-time.ts';

/** A program that ends with the benchmark. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
}

export function start(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(program, words, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH, HOME, ...env },
  });
  const ended = once(child, 'close');
  return {
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** CPU seconds of a server that makes a process for each connection: its own, its children's, and those that have ended. */
export function cpuSecondsOfFamily(parent: number): number {
  let seconds = cpuSeconds(parent) + endedChildren(parent);
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && parentOf(Number(name)) === parent) seconds += cpuSeconds(Number(name));
  }
  return seconds;
}

function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

function parentOf(pid: number): number {
  return Number(statOf(pid)[1]);
}

/** proc(5): cutime and cstime, in hundredths of a second. */
function endedChildren(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** Bytes that a process has in memory. */
export function residentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
  return Number(line?.[1]) * 1024;
}

export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean>,
  deadlineMs = 120_000,
): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await setTimeout(100);
  }
}

/** The sum of a metric's samples whose line begins like that. */
export async function readMetric(origin: string, prefix: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(prefix))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
