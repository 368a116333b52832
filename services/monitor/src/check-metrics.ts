import {
  DEFAULT_LIMITS,
  lintExposition,
  type ExpositionError,
  type ExpositionFormat,
} from '@daywatch/exposition';
import { EXIT_CODES } from '@daywatch/service-kit/lifecycle';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readWhole } from './read-whole.ts';

export interface CheckMetricsSurroundings {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly setExitCode: (code: number) => void;
}

interface Options {
  readonly format: ExpositionFormat | 'auto';
  readonly lenient?: boolean;
  readonly json?: boolean;
  readonly max: number;
}

const HELP = `
Each problem is a line "LINE:COLUMN: what is wrong". --format=auto takes a text that ends in # EOF for OpenMetrics.

Examples:
  monitor check-metrics < metrics.txt
  curl -s http://localhost:8000/metrics | monitor check-metrics
  curl -s -H 'Accept: application/openmetrics-text' http://localhost:9100/metrics | monitor check-metrics --format=openmetrics

Exit codes: 0 no problem, 1 problems were found, 2 a wrong command line.`;

/** `monitor check-metrics < text`: what is wrong with the metrics that a program exposes. */
export function buildCheckMetrics(surroundings: CheckMetricsSurroundings): Command {
  return new Command('check-metrics')
    .description('Reads metrics from standard input and names what is wrong, with line and column.')
    .addOption(
      new Option('--format <format>', 'how the text is to be read')
        .choices(['auto', 'text', 'openmetrics'])
        .default('auto'),
    )
    .option(
      '--lenient',
      'name only what cannot be read, as the checker would, not all that the format forbids',
    )
    .option('--json', 'print a JSON array of {line, column, code, problem}')
    .addOption(new Option('--max <number>', 'stop after so many problems').default(100).argParser(parseMax))
    .addHelpText('after', HELP)
    .action((options: Options) => checkMetrics(options, surroundings));
}

async function checkMetrics(
  options: Options,
  { stdin, stdout, setExitCode }: CheckMetricsSurroundings,
): Promise<void> {
  const text = await readWhole(stdin, DEFAULT_LIMITS.maxBytes);
  const problems = lintExposition(text, {
    format: options.format === 'auto' ? guessFormat(text) : options.format,
    isStrict: options.lenient !== true,
    maxProblems: options.max,
  });
  stdout(options.json === true ? toJson(problems) : toLines(problems));
  if (problems.length > 0) setExitCode(EXIT_CODES.failure);
}

function toLines(problems: readonly ExpositionError[]): string {
  return problems.map(({ line, column, problem }) => `${line}:${column}: ${problem}\n`).join('');
}

function toJson(problems: readonly ExpositionError[]): string {
  const shown = problems.map(({ line, column, code, problem }) => ({ line, column, code, problem }));
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}

function guessFormat(text: Uint8Array): ExpositionFormat {
  const tail = Buffer.from(text.subarray(-16)).toString('latin1');
  return /(^|\n)# EOF\r?\n?$/.test(tail) ? 'openmetrics' : 'text';
}

function parseMax(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Allowed is a number from 1 to 9999999.');
  return Number(text);
}
