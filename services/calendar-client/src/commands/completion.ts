import { Argument, type Command } from 'commander';
import { describeProgram, type CommandFacts } from '../completion/describe-program.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { listCalendars } from '../find-calendar.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../surroundings.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import type { WithSession } from './with-session.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

const EXAMPLES = `
Examples:
  source <(calendar_client completion bash)                 bash, in ~/.bashrc
  source <(calendar_client completion zsh)                  zsh, in ~/.zshrc after compinit
  calendar_client completion fish | source                  fish, in ~/.config/fish/config.fish`;

export function registerCompletion(program: Command, withSession: WithSession, terminal: Terminal): void {
  program
    .command('completion')
    .summary('print completion for a shell')
    .description('Prints a script that makes a shell complete commands, options and names of calendars.')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .addHelpText('after', EXAMPLES)
    .action((shell: Shell) => terminal.writeOut(SCRIPTS[shell](describeProgram(program))));
  program
    .command('complete-calendars', { hidden: true })
    .description('Prints the names of calendars, one a line, for the completion scripts.')
    .action((_options: unknown, command: Command) => withSession(command, printNames));
}

const SCRIPTS: Readonly<Record<Shell, (program: CommandFacts) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

async function printNames(session: Session): Promise<void> {
  const calendars = await listCalendars(session);
  // A name that is not safe to show is not safe to complete either.
  const names = calendars.map(({ name }) => name).filter((name) => name === sanitizeLine(name));
  session.print(...names);
}
