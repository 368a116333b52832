import { ConfigError, parseDurationMs, type Env } from '@daywatch/service-kit/config';
import { Command, InvalidArgumentError, Option } from 'commander';
import { askRange, type RangeQuestion } from './ask-range.ts';
import { findToken } from './find-token.ts';
import { printSparklines } from './print-sparklines.ts';
import { printTable } from './print-table.ts';

export interface QueryRangeSurroundings {
  readonly env: Env;
  readonly cwd: string;
  readonly now: () => number;
  /** How wide the terminal is; undefined where the output is none. */
  readonly columns: number | undefined;
  readonly stdout: (text: string) => void;
}

interface Options {
  readonly address: string;
  readonly from: string;
  readonly to: string;
  readonly output: 'table' | 'sparkline' | 'json';
  readonly points?: number;
  readonly rate?: boolean;
  readonly tokenFile?: string;
}

const DEFAULT_COLUMNS = 80;
/** What a table shows of each series: a screen. */
const TABLE_POINTS = 10;

const HELP = `
FROM and TO are RFC 3339 (2026-11-23T09:00:00Z), how long ago (90m, 1h30m, 168h), or now. A long period is thinned out; no
peak is missed. The token is taken from --token-file, DAYWATCH_TOKEN, DAYWATCH_TOKEN_FILE, else from .daywatch/token here
or in a folder above.

Examples:
  monitor query-range up
  monitor query-range 'process_cpu_seconds_total{job="gometr"}' --rate --from 24h --output sparkline
  monitor query-range '{__name__=~"nodejs_heap_.*"}' --output json

Exit codes: 0 well, 1 a failure, 2 a wrong command line.`;

/** `monitor query-range SELECTOR`: what series were over a period. */
export function buildQueryRange(surroundings: QueryRangeSurroundings): Command {
  return new Command('query-range')
    .description('Reads series over a period from the API of the monitor, and prints them.')
    .argument('<selector>', 'which series: up, up{job="a"}, {__name__=~"go_.*"}')
    .option('--from <time>', 'when the period begins', '1h')
    .option('--to <time>', 'when it ends', 'now')
    .addOption(
      new Option('--output <form>', 'how to print').choices(['table', 'sparkline', 'json']).default('table'),
    )
    .addOption(
      new Option('--points <number>', 'how finely: each of so many parts has at most four samples').argParser(
        parsePoints,
      ),
    )
    .option('--rate', 'how much a counter grows in a second')
    .option('--address <url>', 'where the API answers', 'http://localhost:8888')
    .option('--token-file <file>', 'the file with the token')
    .addHelpText('after', HELP)
    .action((selector: string, options: Options) => queryRange(selector, options, surroundings));
}

async function queryRange(
  selector: string,
  options: Options,
  surroundings: QueryRangeSurroundings,
): Promise<void> {
  const { env, cwd, now, columns = DEFAULT_COLUMNS, stdout } = surroundings;
  const { output } = options;
  const question: RangeQuestion = {
    address: parseAddress(options.address),
    token: await findToken({ file: options.tokenFile, env, cwd }),
    match: selector,
    from: parseTime('--from', options.from, now()),
    to: parseTime('--to', options.to, now()),
    points: options.points ?? (output === 'table' ? TABLE_POINTS : columns),
    kind: options.rate === true ? 'rate' : 'value',
  };
  const range = await askRange(question);
  if (output === 'json') stdout(`${JSON.stringify(range, undefined, 2)}\n`);
  else if (range.series.length === 0) stdout('No series has samples there.\n');
  else stdout(output === 'table' ? printTable(range) : printSparklines(range, columns));
}

function parseAddress(text: string): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new ConfigError(`--address: '${text}' is no address; allowed is one such as http://localhost:8888`);
}

/** What is neither a length of time nor `now` is the server's to read. */
function parseTime(option: string, text: string, nowMs: number): string {
  if (text === 'now') return new Date(nowMs).toISOString();
  const agoMs = parseDurationMs(text);
  if (agoMs !== undefined) return new Date(nowMs - agoMs).toISOString();
  if (/^\d{4}-/.test(text)) return text;
  throw new ConfigError(
    `${option}: '${text}' is no time; allowed are 2026-11-23T09:00:00Z, how long ago (90m), or now`,
  );
}

function parsePoints(text: string): number {
  const points = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (points >= 10 && points <= 5000) return points;
  throw new InvalidArgumentError('Allowed is a number from 10 to 5000.');
}
