import { runCommandLine } from '@daywatch/service-kit/command-line';
import { Command } from 'commander';
import { readEnv } from '@daywatch/service-kit/config';
import { buildCheckConfig } from './check-config.ts';
import { buildCheckMetrics } from './check-metrics.ts';
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
  buildCheckConfig({
    env: readEnv(),
    stdout: (text) => void process.stdout.write(text),
    setExitCode: (code) => {
      process.exitCode = code;
    },
  }),
);
await runCommandLine(program, process.argv);
