import { formatUsage } from '@daywatch/testbox';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';

const HOME_AND_CLEAR = '\u001b[H\u001b[2J';
const PAUSE_MS = 1_000;

/** `testbox top`: what running containers use, once or until Ctrl-C. */
export async function top(
  { stream }: { readonly stream?: boolean },
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { env, home, terminal, pause, onInterrupt } = surroundings;
  const { findDockerHost, openDockerEngine } = await import('@daywatch/testbox/docker');
  const engine = openDockerEngine(findDockerHost({ env, home }), async () => undefined);
  const controller = new AbortController();
  const stopHearing = onInterrupt(() => controller.abort());
  try {
    for (;;) {
      const table = formatUsage(await engine.listUsage(controller.signal));
      terminal.writeOut(`${stream === true && terminal.isOutTty ? HOME_AND_CLEAR : ''}${table}`);
      if (stream !== true) return EXIT.passed;
      if (!terminal.isOutTty) terminal.writeOut('\n');
      await pause(PAUSE_MS, controller.signal);
    }
  } catch (error) {
    // Ctrl-C is how one leaves it.
    if (controller.signal.aborted) return EXIT.passed;
    throw error;
  } finally {
    stopHearing();
  }
}
