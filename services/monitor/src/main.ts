import { runCommandLine } from '@daywatch/service-kit/command-line';
import { readEnv } from '@daywatch/service-kit/config';
import { Command } from 'commander';
import { buildCheckMetrics } from './check-metrics.ts';
import { buildQueryRange } from './query-range/query-range.ts';
import { VERSION } from './version.ts';

const NAME = 'monitor';

const program = new Command(NAME)
  .description('The command line of the monitor.')
  .version(`${NAME} ${VERSION}`)
  .addHelpText(
    'after',
    '\nExit codes: 0 well, 1 a failure or a problem that was found, 2 a wrong command line.',
  );

program.addCommand(
  buildCheckMetrics({
    stdin: process.stdin,
    stdout: (text) => void process.stdout.write(text),
    setExitCode: (code) => {
      process.exitCode = code;
    },
  }),
);
program.addCommand(
  buildQueryRange({
    env: readEnv(),
    cwd: process.cwd(),
    now: Date.now,
    columns: process.stdout.columns,
    stdout: (text) => void process.stdout.write(text),
  }),
);
await runCommandLine(program, process.argv);
