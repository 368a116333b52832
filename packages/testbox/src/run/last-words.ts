import type { ContainerEngine } from '../engine/container-engine.ts';
import type { RunningContainer } from './running-container.ts';

/** What a container has left behind for whoever looks into why tests have failed. */
export interface LastWords {
  readonly name: string;
  /** undefined where it still runs. */
  readonly exitCode: number | undefined;
  /** Of its log, the last one last. */
  readonly lines: readonly string[];
}

const LOG_LINES = 20;

/** Those of the container under test, and of every other that has ended though nobody was waiting for that. */
export async function gatherLastWords(
  running: readonly RunningContainer[],
  subject: string,
  engine: ContainerEngine,
): Promise<readonly LastWords[]> {
  const gathered = running.map(async ({ id, spec }) => {
    const { isRunning, exitCode } = await engine.containers.inspect(id);
    const isOfInterest = spec.name === subject || (!isRunning && spec.waitFor?.finished !== true);
    if (!isOfInterest) return [];
    return [{ name: spec.name, exitCode, lines: await readLastLines(id, engine) }];
  });
  // They are an extra: an engine that is gone by now is told of by what failed.
  const settled = await Promise.allSettled(gathered);
  return settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
}

/** The last lines of a log; none where it cannot be read. */
export async function readLastLines(id: string, engine: ContainerEngine): Promise<readonly string[]> {
  return engine.containers.readLog(id, LOG_LINES).catch(() => []);
}

/** For messages. @param whose `its`, or the name of the container with `’s` */
export function describeLog(whose: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [`${whose} log is empty`];
  return [`the last lines of ${whose} log:`, ...lines.map((line) => `  ${line}`)];
}

/** Lines for people; none for a container that runs and has said nothing. */
export function describeLastWords({ name, exitCode, lines }: LastWords): readonly string[] {
  if (exitCode === undefined && lines.length === 0) return [];
  const log = describeLog(`${name}’s`, lines);
  return exitCode === undefined ? log : [`${name}: the container has ended with code ${exitCode}`, ...log];
}
