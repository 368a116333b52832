import type { Target } from '../check/caller.ts';
import type { ContainerFacts } from '../engine/container-host.ts';
import { TestboxError } from '../errors.ts';
import type { WaitSpec } from '../file/test-file.ts';
import { joinWords } from '../text/join-words.ts';
import { describeDuration } from '../text/duration.ts';
import { describeLog, readLastLines } from './last-words.ts';
import { listConditions, waitSpecOf, type ReadyCondition } from './ready-condition.ts';
import type { RunParts } from './run-parts.ts';
import type { RunningContainer } from './running-container.ts';

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 250;
/** For one look: a port that swallows packets must not eat the whole time. */
const LOOK_MS = 5_000;

/**
 * Waits until a container is ready.
 * @throws TestboxError `container_died` or `never_ready`, both with the last lines of its log
 */
export async function waitUntilReady(
  container: RunningContainer,
  target: Target,
  parts: RunParts,
  signal: AbortSignal,
): Promise<void> {
  const { onEvent, now } = parts;
  const { name } = container.spec;
  const start = now();
  const wait = waitSpecOf(container);
  const over = new AbortController();
  try {
    const log: string[] = [];
    const until = AbortSignal.any([signal, over.signal]);
    if (wait.log !== undefined) void gatherLog(container, log, parts, until);
    const conditions = listConditions(wait, container, target, parts, log);
    const names = conditions.map(({ name }) => name);
    onEvent({ kind: 'waiting', name, condition: wait.finished ? 'end well' : joinWords(names, 'and') });
    await waitFor(container, wait, conditions, parts, signal);
  } finally {
    over.abort();
  }
  onEvent({ kind: 'ready', name, durationMs: now() - start });
}

async function waitFor(
  container: RunningContainer,
  wait: WaitSpec,
  conditions: readonly ReadyCondition[],
  parts: RunParts,
  signal: AbortSignal,
): Promise<void> {
  const deadline = parts.now() + wait.timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    const facts = await parts.engine.containers.inspect(container.id);
    const hasEndedWell = !facts.isRunning && facts.exitCode === 0;
    if (wait.finished && hasEndedWell) return;
    if (!facts.isRunning) throw await describeDeath(container, facts, parts);
    const missing = wait.finished
      ? { name: 'end', reason: 'it still runs' }
      : await findMissing(conditions, facts, signal);
    if (missing === undefined) return;
    if (parts.now() > deadline) throw await describeNeverReady(container, wait, missing, parts);
    await parts.pause(pauseMs, signal);
  }
}

interface Missing {
  readonly name: string;
  readonly reason: string;
}

async function findMissing(
  conditions: readonly ReadyCondition[],
  facts: ContainerFacts,
  signal: AbortSignal,
): Promise<Missing | undefined> {
  for (const { name, check } of conditions) {
    const reason = await check(facts, AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]));
    if (reason !== undefined) return { name, reason };
  }
  return undefined;
}

async function describeDeath(
  container: RunningContainer,
  { exitCode, wasOutOfMemory }: ContainerFacts,
  parts: RunParts,
): Promise<TestboxError> {
  const why = wasOutOfMemory ? ', because it ran out of memory' : '';
  return new TestboxError(
    'container_died',
    `${container.spec.name}: the container ended with code ${exitCode ?? '?'} before it was ready${why}`,
    { details: describeLog('its', await readLastLines(container.id, parts.engine)) },
  );
}

async function describeNeverReady(
  container: RunningContainer,
  { timeoutMs }: WaitSpec,
  { name, reason }: Missing,
  parts: RunParts,
): Promise<TestboxError> {
  return new TestboxError(
    'never_ready',
    `${container.spec.name}: the container did not ${name} within ${describeDuration(timeoutMs)}: ${reason.trim()}`,
    { details: describeLog('its', await readLastLines(container.id, parts.engine)) },
  );
}

/** A log that cannot be read is a condition that is not met, which is told at the deadline. */
async function gatherLog(
  { id }: RunningContainer,
  log: string[],
  { engine }: RunParts,
  until: AbortSignal,
): Promise<void> {
  try {
    for await (const line of engine.containers.followLog(id, until)) log.push(line);
  } catch {
    // See above.
  }
}
