/**
 * Waits for a condition, not for a time. @throws Error that names it, when it has not come about by the deadline
 * @param pollMs how often it is looked at; what costs something to look at, less often.
 */
export async function waitFor(
  what: string,
  isMet: () => boolean | Promise<boolean>,
  deadlineMs = 60_000,
  pollMs = 5,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await isMet())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
