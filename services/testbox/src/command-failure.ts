import { EXIT, type ExitCode } from './exit-codes.ts';

/** The command line or the file makes no sense, or something else that is told in lines and ends the program. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly lines: readonly string[];
  readonly exitCode: ExitCode;

  constructor(lines: readonly string[], exitCode: ExitCode = EXIT.usage) {
    super(lines.join('\n'));
    this.lines = lines;
    this.exitCode = exitCode;
  }
}
