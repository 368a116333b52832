import { CommanderError } from 'commander';
import { CallFailure } from './api/call-failure.ts';
import { toErrorView, toFailureView } from './api/views.ts';
import { createWithSession } from './commands/with-session.ts';
import { explainFailure } from './explain-failure.ts';
import { EXIT, RefusedError, UsageError, type ExitCode } from './failure.ts';
import { buildProgram } from './program.ts';
import { styleFor } from './session.ts';
import { readSettings, type GlobalOptions } from './settings.ts';
import type { Surroundings } from './surroundings.ts';
import { sanitizeLine, toSafeJson } from './text/sanitize.ts';
import { UnclearTime } from './time/unclear-time.ts';

/**
 * Does what the arguments say.
 * @param argv the arguments alone, without the program's name.
 */
export async function runClient(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const program = buildProgram(surroundings, createWithSession(surroundings));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    if (argv.length === 0) {
      surroundings.terminal.writeErr(program.helpInformation());
      return EXIT.usage;
    }
    // The options may be what is wrong, so look at the words themselves.
    const wantsJson = argv.includes('--json');
    const told = tell(error);
    if (wantsJson) surroundings.terminal.writeErr(`${toSafeJson(told.json)}\n`);
    else {
      const lines =
        error instanceof CallFailure
          ? await explainCall(error, program.opts<GlobalOptions>(), surroundings)
          : told.lines;
      writeError(lines, surroundings);
    }
    return told.exitCode;
  }
}

interface Told {
  readonly exitCode: ExitCode;
  readonly json: unknown;
  readonly lines: readonly string[];
}

function tell(error: unknown): Told {
  if (error instanceof CallFailure) {
    const exitCode = error.isAnswer && error.code !== 'unavailable' ? EXIT.refused : EXIT.unreachable;
    return { exitCode, json: toFailureView(error), lines: [] };
  }
  if (error instanceof RefusedError) {
    return { exitCode: EXIT.refused, json: toErrorView(error.code, error.message), lines: error.lines };
  }
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '');
    return {
      exitCode: EXIT.usage,
      json: toErrorView('invalid_request', message),
      lines: message.split('\n'),
    };
  }
  if (error instanceof UnclearTime) {
    return {
      exitCode: EXIT.usage,
      json: toErrorView('invalid_request', error.message),
      lines: error.toLines(),
    };
  }
  if (error instanceof UsageError) {
    return {
      exitCode: EXIT.usage,
      json: toErrorView('invalid_request', error.lines.join('\n')),
      lines: error.lines,
    };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: EXIT.refused,
    json: toErrorView('internal', message),
    lines: [
      'this is a mistake in calendar_client; please report it with these lines:',
      ...message.split('\n'),
    ],
  };
}

async function explainCall(
  failure: CallFailure,
  options: GlobalOptions,
  surroundings: Surroundings,
): Promise<readonly string[]> {
  return explainFailure(failure, await readSettings(options, surroundings));
}

function writeError([first = '', ...others]: readonly string[], surroundings: Surroundings): void {
  const style = styleFor(surroundings, surroundings.terminal.isErrTty);
  const lines = [`${style.alarm('error:')} ${sanitizeLine(first)}`, ...others.map(sanitizeLine)];
  surroundings.terminal.writeErr(lines.map((line) => `${line}\n`).join(''));
}
