import { nearestWord, testFileSchema } from '@daywatch/testbox';
import { Argument, Command, Option } from 'commander';
import { clean } from './commands/clean.ts';
import { start, type StartOptions } from './commands/start.ts';
import { top } from './commands/top.ts';
import { CommandFailure } from './command-failure.ts';
import { completionScript, SHELLS, type Shell } from './completion/completion-script.ts';
import { EXIT, EXIT_HELP, type ExitCode } from './exit-codes.ts';
import { loadFile } from './load-file.ts';
import type { Surroundings } from './surroundings.ts';
import { VERSION } from './version.ts';

const CLOSING = `
-f FILE without a command is start -f FILE, and takes its options: testbox start --help lists them.
Without -f it takes testbox.yaml of the working directory. Paths in the file start there too.

Examples:
  testbox -f shop.yaml
  testbox start -f shop.yaml --junit report.xml --keep
  testbox validate -f shop.yaml
  testbox clean
${EXIT_HELP}`;

/** The command line. @param end is told how the program is to end */
export function buildProgram(surroundings: Surroundings, end: (code: ExitCode) => void): Command {
  const { terminal } = surroundings;
  const width = (): number => Math.min(terminal.columns ?? 100, 110);
  const program = new Command('testbox')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.writeOut,
      writeErr: terminal.writeErr,
      getOutHelpWidth: width,
      getErrHelpWidth: width,
    })
    .description('Integration tests against containers, from one YAML file.')
    .version(`testbox ${VERSION}`, '-V, --version', 'print the version')
    .addHelpText('after', CLOSING);

  program
    .command('start', { isDefault: true })
    .description('Builds, starts, tests, reports, and removes what it made (the default).')
    .addOption(fileOption())
    .option('--report <file>', 'where the report goes', 'report.txt')
    .option('--ascii', 'write ok with Latin letters')
    .option('--junit <file>', 'a report in the XML of JUnit, too')
    .option('--json <file>', 'a report in JSON, too')
    .option('--exit-zero', 'end with 0 although a test has failed')
    .option('--keep', 'leave everything for a look')
    .allowExcessArguments(true)
    .addHelpText('after', EXIT_HELP)
    .action(async (options: StartOptions, command: Command) => {
      refuseWords(command, program);
      end(await start(options, surroundings));
    });
  program
    .command('validate')
    .description('Names every fault of a file, without touching Docker.')
    .addOption(fileOption())
    .action(async ({ file }: { readonly file?: string }) => {
      const loaded = await loadFile(file, surroundings);
      const { length } = loaded.file.tests;
      terminal.writeOut(`${loaded.name}: valid, ${length} ${length === 1 ? 'test' : 'tests'}\n`);
    });
  program
    .command('top')
    .description('Shows the running containers with their CPU and memory.')
    .option('--stream', 'again and again, until Ctrl-C')
    .action(async (options: { readonly stream?: boolean }) => end(await top(options, surroundings)));
  program
    .command('clean')
    .description('Removes what killed runs and --keep have left.')
    .option('--all', "other machines' too, whether or not their runs still go on")
    .action(async (options: { readonly all?: boolean }) => end(await clean(options, surroundings)));
  program
    .command('schema')
    .description('Prints the JSON Schema of the file, for editors.')
    .action(() => terminal.writeOut(`${JSON.stringify(testFileSchema(), undefined, 2)}\n`));
  program
    .command('completion')
    .description('Prints a script that makes a shell complete commands and options.')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action((shell: Shell) => terminal.writeOut(completionScript(shell, program)));
  return program;
}

function fileOption(): Option {
  return new Option('-f, --file <file>', 'the test file (default: testbox.yaml)');
}

/** A word that is no command comes here, because the first command is the default one. */
function refuseWords(command: Command, program: Command): void {
  const [word] = command.args;
  if (word === undefined) return;
  const names = program.commands.map((each) => each.name());
  const meant = nearestWord(word, names);
  const hint = meant === undefined ? `allowed is ${names.join(', ')}` : `did you mean ${meant}?`;
  throw new CommandFailure([`unknown command '${word}'; ${hint}`], EXIT.usage);
}
