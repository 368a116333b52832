/** A program with commands, for the tests of `runCommandLine`. */
import { Command } from 'commander';
import { runCommandLine } from '../../src/command-line/index.ts';
import { ConfigError } from '../../src/config/index.ts';

class SampleError extends Error {}

const program = new Command('sample').version('sample 1.2.3').option('--config <file>', 'a YAML file');

program.command('show').action(() => {
  const { config } = program.opts<{ config?: string }>();
  process.stdout.write(`config: ${config}\n`);
});
program
  .command('fail')
  .argument('<how>')
  .action((how: string) => {
    if (how === 'config') throw new ConfigError("http.port: 'many' is not allowed");
    if (how === 'named') throw new ConfigError('sample: http.port: is not allowed');
    throw how === 'known' ? new SampleError() : new Error('the disk is on fire');
  });

await runCommandLine(program, process.argv, {
  describe: (error) => (error instanceof SampleError ? 'as was to be expected' : undefined),
});
