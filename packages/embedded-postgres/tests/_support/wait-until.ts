import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Waits for `condition` to hold, and fails with its name when it does not in time. */
export async function waitUntil(
  name: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadlineMs) throw new Error(`not within ${timeoutMs} ms: ${name}`);
    await delay(2);
  }
}

/** Whether a process runs, as opposed to gone, or dead and not yet collected by its parent. */
export async function isAlive(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const state = text.charAt(text.lastIndexOf(')') + 2);
  return state !== '' && state !== 'Z' && state !== 'X';
}
