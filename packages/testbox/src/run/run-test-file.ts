import { notRun, runTests } from '../check/run-tests.ts';
import { hasPassed, type TestResult } from '../check/test-result.ts';
import { TestboxError } from '../errors.ts';
import type { TestFile } from '../file/test-file.ts';
import { cleanLeftovers } from './clean.ts';
import { gatherLastWords, type LastWords } from './last-words.ts';
import { prepareImages } from './prepare-images.ts';
import { removeBelongings, type Removal } from './remove-belongings.ts';
import type { RunOutcome } from './run-outcome.ts';
import type { RunOptions, RunParts } from './run-parts.ts';
import type { RunState } from './run-state.ts';
import { startEverything } from './start-everything.ts';
import type { RunningContainer } from './running-container.ts';

/**
 * Runs a test file from the first look at the engine to the last thing removed. Whatever happens, what it made is
 * removed again, unless it is to be kept.
 * @param signal breaks it off: it cleans up and returns, with the failure `interrupted`
 */
export async function runTestFile(
  file: TestFile,
  parts: RunParts,
  options: RunOptions,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { engine, onEvent, now } = parts;
  const start = now();
  const enter = (state: RunState): void => onEvent({ kind: 'state', state });
  const running: RunningContainer[] = [];
  let results: readonly TestResult[] | undefined;
  let failure: TestboxError | undefined;
  let lastWords: readonly LastWords[] = [];
  let hasEngine = false;
  try {
    enter('connecting');
    const engineFacts = await engine.describe();
    hasEngine = true;
    signal.throwIfAborted();
    enter('sweeping');
    await sweep(parts);
    signal.throwIfAborted();
    enter('preparing');
    // The one under test comes first: what it shares with a dependency is named after it.
    const specs = [file.subject, ...file.dependencies.flat()];
    const prepared = await prepareImages(specs, parts, options, signal);
    enter('starting');
    const started = await startEverything(
      file,
      prepared,
      { ...parts, engineFacts },
      options,
      running,
      signal,
    );
    enter('testing');
    results = await runTests(file, { ...parts, ...started }, observe(parts), signal);
    signal.throwIfAborted();
    if (!results.every(hasPassed)) lastWords = await gatherLastWords(running, file.subject.name, engine);
  } catch (error) {
    failure = signal.aborted
      ? new TestboxError('interrupted', 'the run was broken off')
      : TestboxError.from(error);
  }
  enter('cleaning');
  await parts.caller.close();
  // Nobody is helped by half a system, and nothing can be looked at in it.
  const isKept = options.isKept && running.length > 0;
  const left = isKept || !hasEngine ? [] : (await cleanUp(parts, options)).left;
  enter('ended');
  const reason = failure?.message ?? 'the run was broken off';
  return {
    results: results ?? file.tests.map((test) => notRun(test, reason)),
    failure,
    lastWords,
    left,
    kept: isKept ? running : [],
    durationMs: now() - start,
  };
}

/** Leftovers of others are no reason not to run. */
async function sweep({ engine, machine, onEvent }: RunParts): Promise<void> {
  try {
    const { removed, left } = await cleanLeftovers(engine.belongings, machine, {
      withKept: false,
      withElsewhere: false,
    });
    if (removed > 0) onEvent({ kind: 'swept', count: removed });
    for (const { belonging, reason } of left)
      onEvent({
        kind: 'note',
        text: `${belonging.kind} ${belonging.name} of a killed run could not be removed: ${reason}`,
      });
  } catch (error) {
    onEvent({ kind: 'note', text: `leftovers could not be looked for: ${TestboxError.from(error).message}` });
  }
}

const MAX_ROUNDS = 5;

/** Round after round until the engine says that nothing is there, or what is there cannot be removed. */
async function cleanUp({ engine, onEvent, pause }: RunParts, { runId }: RunOptions): Promise<Removal> {
  let removed = 0;
  let left: Removal['left'] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (round > 1) await pause(200, new AbortController().signal);
    try {
      const list = await engine.belongings.list(runId);
      if (list.length === 0) {
        left = [];
        break;
      }
      const removal = await removeBelongings(engine.belongings, list);
      removed += removal.removed;
      ({ left } = removal);
    } catch (error) {
      onEvent({ kind: 'note', text: `cleaning up failed: ${TestboxError.from(error).message}` });
    }
  }
  onEvent({ kind: 'removed', count: removed });
  return { removed, left };
}

function observe({ onEvent }: RunParts) {
  return {
    onStart: (name: string) => onEvent({ kind: 'test-started', name }),
    onEnd: (result: TestResult) => onEvent({ kind: 'test-ended', result }),
  };
}
