import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 1_000;

/** Waits for a condition, and asks so seldom that what is measured meanwhile does not notice. @throws Error at the deadline */
export async function waitSlowly(
  what: string,
  isMet: () => Promise<boolean>,
  deadlineMs: number,
): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await isMet())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await delay(POLL_MS);
  }
}
