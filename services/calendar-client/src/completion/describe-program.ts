import type { Command, Option } from 'commander';
import { NAMED_DAYS, WEEKDAYS, WHICH } from '../time/words.ts';

/** A command as completion sees it. */
export interface CommandFacts {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionFacts[];
  readonly commands: readonly CommandFacts[];
  /** Words that its arguments may be. */
  readonly words: readonly string[];
}

export interface OptionFacts {
  /** `--json`, `-h`. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly value: OptionValue;
}

/** What follows an option. */
export type OptionValue = 'none' | 'text' | 'file' | 'calendar';

/** Reads commands and options off the program itself, so that completion never falls behind it. */
export function describeProgram(program: Command): CommandFacts {
  return describeCommand(program, program);
}

function describeCommand(command: Command, program: Command): CommandFacts {
  const help = command.createHelp();
  const global = command === program ? [] : help.visibleOptions(program);
  return {
    name: command.name(),
    summary: command.summary() || command.description(),
    options: [...help.visibleOptions(command), ...global]
      .filter((option, i, all) => all.findIndex((other) => other.long === option.long) === i)
      .map(describeOption),
    commands: help
      .visibleCommands(command)
      .filter((child) => child.name() !== 'help')
      .map((child) => describeCommand(child, program)),
    words: command.registeredArguments.flatMap((argument) => {
      if (argument.argChoices) return argument.argChoices;
      return argument.name() === 'when' ? DAY_WORDS : [];
    }),
  };
}

const DAY_WORDS: readonly string[] = [...NAMED_DAYS.keys(), ...WHICH, ...WEEKDAYS.map(([long]) => long)];

const FILE_OPTIONS: ReadonlySet<string> = new Set(['--token-file', '--ca']);

function describeOption(option: Option): OptionFacts {
  const flags = [option.short, option.long].filter((flag) => flag != null);
  return { flags, description: option.description, value: valueOf(option) };
}

function valueOf(option: Option): OptionValue {
  if (!option.required) return 'none';
  if (option.long === '--calendar') return 'calendar';
  return FILE_OPTIONS.has(option.long ?? '') ? 'file' : 'text';
}
