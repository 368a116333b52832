import { Command, Option } from 'commander';
import { registerAdd } from './commands/add.ts';
import { registerCalendars } from './commands/calendars.ts';
import { registerChange } from './commands/change.ts';
import { registerCompletion } from './commands/completion.ts';
import { registerFree } from './commands/free.ts';
import { registerPeriods } from './commands/list-periods.ts';
import { registerReminders } from './commands/reminders.ts';
import { registerRemove } from './commands/remove.ts';
import { registerSettings } from './commands/settings.ts';
import { registerShow } from './commands/show.ts';
import type { WithSession } from './commands/with-session.ts';
import type { Surroundings } from './surroundings.ts';
import { VERSION } from './version.ts';

const CLOSING = `
Examples:
  calendar_client add "Dentist" tomorrow 9:00 --for 45m
  calendar_client week
  calendar_client change 3fa2b1 fri 10:00
  calendar_client free tomorrow --length 90m
  calendar_client day --json | jq -r '.occurrences[].title'

Times are read and shown in your zone, as people type them: tomorrow 9:00, mon 10:30, next friday 2pm,
23 nov, in 2 hours, +90m, 2026-11-23T09:00, 2026-11-23T09:00+01:00. A weekday is the coming one; next
friday is the one of next week.

The token that says who you are is taken from --token, --token-file, DAYWATCH_TOKEN,
DAYWATCH_TOKEN_FILE, else from the file .daywatch/token (in DAYWATCH_DATA, here, or in a folder above)
or ~/.config/daywatch/token.

Exit status: 0 done, 1 the server said no (or you did), 2 the command makes no sense, 3 no server
could be reached.`;

/** The command line: every command with its options and help. */
export function buildProgram({ terminal }: Surroundings, withSession: WithSession): Command {
  const program = new Command('calendar_client');
  // Settings are copied to commands as they are made, so they come first.
  program
    .exitOverride()
    .configureOutput({
      writeOut: terminal.writeOut,
      // Errors are told at one place, in the form that was asked for.
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(terminal.columns ?? 100, 110),
      getErrHelpWidth: () => Math.min(terminal.columns ?? 100, 110),
    })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError();
  program
    .description('Your calendar on the command line.')
    .usage('<command> [options]')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help on a command')
    .addOption(
      new Option(
        '--address <host:port>',
        'where the server is (default: DAYWATCH_ADDRESS or localhost:8888)',
      ),
    )
    .addOption(
      new Option('--token <token>', 'who you are; others on this machine can see it, better use a file'),
    )
    .addOption(new Option('--token-file <file>', 'a file with the token'))
    .addOption(new Option('--tls', 'talk to the server over TLS'))
    .addOption(new Option('--ca <file>', 'certificates (PEM) that vouch for the server; implies --tls'))
    .addOption(new Option('--zone <zone>', 'your time zone (default: that of the machine, or TZ)'))
    .addOption(new Option('--json', 'one JSON document for programs, in the shapes of the HTTP API'))
    .addOption(new Option('--timeout <length>', 'how long to wait for an answer: 5s, 500ms (default: 10s)'))
    .addHelpText('after', CLOSING);
  registerAdd(program, withSession);
  registerPeriods(program, withSession);
  registerFree(program, withSession);
  registerShow(program, withSession);
  registerChange(program, withSession);
  registerRemove(program, withSession);
  registerReminders(program, withSession);
  registerCalendars(program, withSession);
  registerSettings(program, withSession);
  registerCompletion(program, withSession, terminal);
  return program;
}
