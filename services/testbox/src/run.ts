import { TestboxError } from '@daywatch/testbox';
import { CommanderError } from 'commander';
import { CommandFailure } from './command-failure.ts';
import { EXIT, EXIT_OF_ERROR, type ExitCode } from './exit-codes.ts';
import { buildProgram } from './program.ts';
import { toPlainLine } from './screen/screen.ts';
import type { Surroundings } from './surroundings.ts';

/** Does what the arguments say. @param argv the arguments alone, without the program's name */
export async function runTestbox(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { writeErr } = surroundings.terminal;
  let exitCode: ExitCode = EXIT.passed;
  const program = buildProgram(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed what was wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
    if (error instanceof CommandFailure) {
      for (const line of error.lines) writeErr(`${toPlainLine(line)}\n`);
      return error.exitCode;
    }
    if (error instanceof TestboxError) {
      for (const line of [`testbox: ${error.message}`, ...error.details]) writeErr(`${toPlainLine(line)}\n`);
      return EXIT_OF_ERROR[error.code];
    }
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    writeErr(`testbox: this is a mistake in testbox; please report it with these lines:\n${message}\n`);
    return EXIT.engineFailed;
  }
}
