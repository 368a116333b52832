const POLL_MS = 50;
/** A deadline against hanging: machines are busy, and a reminder or a check has its own pace. */
const DEADLINE_MS = 45_000;

/**
 * Waits until a condition holds, looking at it again and again. @param look answers undefined until it holds
 * @throws Error that names what has not come about, and what was seen last
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined>,
  describeLast: () => string = () => '',
): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${DEADLINE_MS} ms. ${describeLast()}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
