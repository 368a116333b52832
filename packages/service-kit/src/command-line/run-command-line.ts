import { CommanderError, type Command } from 'commander';
import { ConfigError } from '../config/config-error.ts';
import { EXIT_CODES } from '../lifecycle/run-service.ts';

export interface CommandLineOptions {
  /** Answers what to print for an expected failure; undefined for others, which print their message. */
  readonly describe?: (error: unknown) => string | undefined;
}

/**
 * Runs a command line to its end. Exit codes: 0 well, also for help and version; 2 for a wrong command line
 * or configuration; 1 for any other failure, which is printed in one line.
 */
export async function runCommandLine(
  program: Command,
  argv: readonly string[],
  { describe = () => undefined }: CommandLineOptions = {},
): Promise<void> {
  overrideExits(program);
  try {
    await program.parseAsync(argv.map(toLongOption));
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed what was wrong.
      process.exit(error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage);
    }
    const message = describe(error) ?? (error instanceof Error ? error.message : String(error));
    const name = `${program.name()}: `;
    process.stderr.write(`${message.startsWith(name) ? '' : name}${message}\n`);
    process.exit(error instanceof ConfigError ? EXIT_CODES.usage : EXIT_CODES.failure);
  }
}

function overrideExits(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) overrideExits(child);
}

/** `-config=FILE` is taken too: the flags of many programs look like that. */
function toLongOption(argument: string): string {
  return /^-config(=|$)/.test(argument) ? `-${argument}` : argument;
}
