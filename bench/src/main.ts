/**
 * `make bench`: each figure is ours beside a peer or the limit, measured in the same run. `--save` writes
 * the calendar's results into docs/performance.md, `--seconds N` sets how long a round is, and a name
 * (calendar, recurrence, web) runs that part alone.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCalendar } from './calendar/index.ts';
import { benchRecurrence } from './recurrence.ts';
import { formatFigures, isReached, type Figure } from './report.ts';
import { benchWeb } from './web/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { save: { type: 'boolean' }, seconds: { type: 'string', default: '8' } },
});
const isWanted = (part: string): boolean => positionals.length === 0 || positionals.includes(part);

const cpu = cpus()[0]?.model.trim() ?? 'unknown CPU';
const memoryGib = Math.round(totalmem() / 2 ** 30);
const machine = `${cpus().length} × ${cpu}, ${memoryGib} GiB, Node ${process.versions.node}, PostgreSQL 18 (embedded, fsync on)`;
console.log(`${machine}\n`);
if (isWanted('recurrence')) benchRecurrence();
if (isWanted('web')) show(await benchWeb());
if (isWanted('calendar')) await runCalendar();

async function runCalendar(): Promise<void> {
  const figures = await benchCalendar(Number(values.seconds));
  show(figures);
  if (values.save) await save(formatFigures(figures));
}

function show(figures: readonly Figure[]): void {
  console.log(`\n${formatFigures(figures)}`);
  const short = figures.filter((figure) => !isReached(figure));
  if (short.length > 0) console.log(`\n${short.length} of ${figures.length} figures fall short.`);
}

/** The results stand between two marks in docs/performance.md. */
async function save(results: string): Promise<void> {
  const file = resolve(import.meta.dirname, '../../docs/performance.md');
  const text = await readFile(file, 'utf8');
  const date = new Date().toISOString().slice(0, 10);
  const replaced = text.replace(
    /(<!-- results -->\n)[^]*?(<!-- end of results -->)/,
    (_, start: string, end: string) => `${start}\n${date}, ${machine}\n\n${results}\n\n${end}`,
  );
  await writeFile(file, replaced);
  console.log('\nSaved in docs/performance.md');
}
