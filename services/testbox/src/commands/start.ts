import {
  describeLastWords,
  formatRunId,
  hasPassed,
  runTestFile,
  type RunOutcome,
  type TestFile,
} from '@daywatch/testbox';
import { createWorkingFolder, readThisMachine } from '@daywatch/testbox/local';
import { EXIT, EXIT_OF_ERROR, type ExitCode } from '../exit-codes.ts';
import { loadFile } from '../load-file.ts';
import { removeReports, writeReports, type ReportOptions } from '../reports.ts';
import { createScreen, toPlainLine, type Screen } from '../screen/screen.ts';
import { showProgress } from '../screen/show-progress.ts';
import type { Surroundings } from '../surroundings.ts';

export interface StartOptions extends ReportOptions {
  readonly file?: string;
  readonly exitZero?: boolean;
  readonly keep?: boolean;
}

/** `testbox start -f FILE`: everything from the file to the report. */
export async function start(options: StartOptions, surroundings: Surroundings): Promise<ExitCode> {
  await removeReports(options, surroundings);
  const { file } = await loadFile(options.file, surroundings);
  const screen = createScreen(surroundings);
  const outcome = await runWithSignals(file, options, screen, surroundings);
  await writeReports(file, outcome, options, surroundings);
  tellEnd(outcome, screen);
  const code = exitCodeOf(outcome);
  return options.exitZero === true && code === EXIT.failed ? EXIT.passed : code;
}

async function runWithSignals(
  file: TestFile,
  options: StartOptions,
  screen: Screen,
  surroundings: Surroundings,
): Promise<RunOutcome> {
  const { now, pause, env, home, cwd, random } = surroundings;
  // The client of Docker is large: the other commands start without it.
  const [{ findDockerHost, openDockerEngine, readRegistryLogins }, { createCaller }] = await Promise.all([
    import('@daywatch/testbox/docker'),
    import('@daywatch/testbox/network'),
  ]);
  const controller = new AbortController();
  const stopHearing = surroundings.onInterrupt((times) => {
    if (times === 1) screen.say('broken off: removing what was made …');
    if (times === 2) screen.say('still removing what was made; once more leaves it to testbox clean');
    if (times > 2) surroundings.exitNow(EXIT.interrupted);
    controller.abort(new Error('broken off'));
  });
  try {
    const folder = createWorkingFolder(cwd);
    const { self, ...machine } = readThisMachine();
    const parts = {
      engine: openDockerEngine(findDockerHost({ env, home }), readRegistryLogins({ env, home })),
      caller: createCaller((path) => folder.read(path)),
      folder,
      machine,
      onEvent: showProgress(screen, { ascii: options.ascii === true }),
      now,
      pause,
    };
    const number = random(1_000_000_000);
    const runId = formatRunId(self, number.toString(36));
    return await runTestFile(
      file,
      parts,
      { runId, number, isKept: options.keep === true },
      controller.signal,
    );
  } finally {
    screen.show('');
    stopHearing();
  }
}

function exitCodeOf({ failure, left, results }: RunOutcome): ExitCode {
  if (failure) return EXIT_OF_ERROR[failure.code];
  if (!results.every(hasPassed)) return EXIT.failed;
  return left.length > 0 ? EXIT.engineFailed : EXIT.passed;
}

function tellEnd({ failure, results, lastWords, left, kept }: RunOutcome, screen: Screen): void {
  const { style } = screen;
  if (failure) {
    screen.say(style.bad(`testbox: ${toPlainLine(failure.message)}`));
    for (const line of failure.details) screen.say(toPlainLine(line));
  }
  for (const line of lastWords.flatMap(describeLastWords)) screen.say(toPlainLine(line));
  const passed = results.filter(hasPassed).length;
  const failed = results.length - passed;
  screen.print(`${passed} passed, ${failed} failed`);
  for (const { belonging, reason } of left)
    screen.say(
      `${belonging.kind} ${belonging.name} could not be removed: ${toPlainLine(reason)}; try: testbox clean`,
    );
  if (kept.length === 0) return;
  screen.say('kept, as you asked:');
  for (const { spec, fullName, address } of kept)
    screen.say(
      `  ${spec.name} at ${address ?? 'no address'}: docker exec -it ${fullName} sh; docker logs ${fullName}`,
    );
  screen.say('testbox clean removes it all');
}
