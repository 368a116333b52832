import { checkerSchema, readTargets } from '@daywatch/checker';
import { describeTarget, type TargetSettings } from '@daywatch/monitor';
import { ConfigError, formatDurationMs, loadConfig, type Env } from '@daywatch/service-kit/config';
import { EXIT_CODES } from '@daywatch/service-kit/lifecycle';
import { Command } from 'commander';

export interface CheckConfigSurroundings {
  readonly env: Env;
  readonly stdout: (text: string) => void;
  readonly setExitCode: (code: number) => void;
}

const HELP = `
It reads FILE as checker would, files of credentials and certificates included, and lists the targets. Where it
cannot be used, it says so in one line. The address of the database may be left out.

Example:
  monitor check-config config/checker.yaml

Exit codes: 0 it can be used, 1 it cannot, 2 a wrong command line.`;

/** `monitor check-config FILE`: whether a configuration of checker can be used, before a checker reads it. */
export function buildCheckConfig(surroundings: CheckConfigSurroundings): Command {
  return new Command('check-config')
    .description('Checks a configuration of checker, and lists its targets.')
    .argument('<file>', 'the configuration, a YAML file')
    .addHelpText('after', HELP)
    .action((file: string) => checkConfig(file, surroundings));
}

/** Most often the address comes from the environment of the process that it is for. */
const SOME_DATABASE = { DAYWATCH_STORAGE_DSN: 'postgres://somewhere/daywatch' };

function checkConfig(file: string, { env, stdout, setExitCode }: CheckConfigSurroundings): void {
  try {
    const { config, warnings } = loadConfig({
      executable: 'checker',
      schema: checkerSchema,
      file,
      env: { ...SOME_DATABASE, ...env },
    });
    const targets = readTargets(config.targets);
    for (const warning of warnings) stdout(`warning: ${warning}\n`);
    stdout(describeTargets(file, targets));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    stdout(`${error.message}\n`);
    setExitCode(EXIT_CODES.failure);
  }
}

function describeTargets(file: string, targets: readonly TargetSettings[]): string {
  const rows = targets.map((target) => {
    const { id, kind, url, intervalMs, timeoutMs } = describeTarget(target);
    return [id, kind, url, `every ${formatDurationMs(intervalMs)}`, `timeout ${formatDurationMs(timeoutMs)}`];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map(
    (row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`,
  );
  const count = targets.length === 1 ? '1 target' : `${targets.length} targets`;
  return `${file} can be used: ${count}\n${lines.join('')}`;
}
