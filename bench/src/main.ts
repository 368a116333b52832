/**
 * `make bench`: each figure is ours beside a peer or the limit, measured in the same run. `--save` writes
 * the calendar's results into docs/performance.md, `--seconds N` sets how long a round is, and names run those
 * parts alone: `recurrence`, `exposition`, `reminders`, `testbox`, `operator`, `web`, `monitor`, `scraping`, `calendar`, or one of the
 * calendar's or the reminders', such as `create-event` or `reminders-throughput`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCalendar, CALENDAR_PARTS } from './calendar/index.ts';
import { benchExposition } from './exposition.ts';
import { benchMonitor } from './monitor/index.ts';
import { benchOperator } from './operator/index.ts';
import { benchRecurrence } from './recurrence/index.ts';
import { benchReminders, REMINDER_PARTS } from './reminders/index.ts';
import { formatFigure, formatFigures, isReached } from './report.ts';
import { benchScraping } from './scraping/index.ts';
import { benchTestbox } from './testbox.ts';
import { benchWeb } from './web/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { save: { type: 'boolean' }, seconds: { type: 'string', default: '8' } },
});
const { wants, parts, reminderParts } = chooseParts(positionals);

const cpu = cpus()[0]?.model.trim() ?? 'unknown CPU';
const memoryGib = Math.round(totalmem() / 2 ** 30);
const machine = `${cpus().length} × ${cpu}, ${memoryGib} GiB, Node ${process.versions.node}, PostgreSQL 18 (embedded, fsync on)`;
console.log(`${machine}\n`);
if (wants('recurrence')) benchRecurrence();
if (wants('exposition')) console.log(`\n${formatFigures(await benchExposition())}`);
if (reminderParts.length > 0)
  console.log(`\n${formatFigures(await benchReminders(reminderParts, console.log))}`);
if (wants('testbox')) console.log(`\n${formatFigures(await benchTestbox())}`);
if (wants('operator')) console.log(`\n${formatFigures(await benchOperator())}`);
if (wants('web')) console.log(`\n${formatFigures(await benchWeb())}`);
if (parts.length > 0) await runCalendar();
if (wants('monitor')) await runMonitor();
if (wants('scraping')) await runScraping();

function chooseParts(names: readonly string[]) {
  const known: readonly string[] = [
    'recurrence',
    'exposition',
    'reminders',
    'testbox',
    'operator',
    'web',
    'monitor',
    'scraping',
    'calendar',
    ...REMINDER_PARTS,
    ...CALENDAR_PARTS,
  ];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new RangeError(`no part is called ${unknown.join(', ')}; allowed are ${known.join(', ')}`);
  const wants = (part: string): boolean => names.length === 0 || names.includes(part);
  return {
    wants,
    parts: wants('calendar') ? CALENDAR_PARTS : CALENDAR_PARTS.filter((part) => names.includes(part)),
    reminderParts: wants('reminders')
      ? REMINDER_PARTS
      : REMINDER_PARTS.filter((part) => names.includes(part)),
  };
}

async function runMonitor(): Promise<void> {
  const figures = await benchMonitor((figure) => console.log(formatFigure(figure)));
  console.log(`\n${formatFigures(figures)}`);
}

async function runScraping(): Promise<void> {
  const figures = await benchScraping((figure) => console.log(formatFigure(figure)));
  console.log(`\n${formatFigures(figures)}`);
}

async function runCalendar(): Promise<void> {
  const figures = await benchCalendar(parts, Number(values.seconds), (figure) =>
    console.log(formatFigure(figure)),
  );
  const table = formatFigures(figures);
  console.log(`\n${table}`);
  if (values.save) await save(table);
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
