import type { Command } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { UsageError } from '../failure.ts';
import { findCalendarId } from '../find-calendar.ts';
import { clipBefore, parseHours, toDayWindows } from '../free/day-windows.ts';
import { findFreeSlots, type Slot } from '../free/free-slots.ts';
import { queryBusy } from '../free/query-busy.ts';
import { periodStart } from '../listing/period-start.ts';
import { presentIn } from '../settings.ts';
import type { Session } from '../session.ts';
import { formatDay, formatTime } from '../time/format-time.ts';
import { formatLength, parseLength } from '../time/length.ts';
import type { WithSession } from './with-session.ts';

interface FreeOptions {
  readonly length: string;
  readonly hours: string;
  readonly days?: string;
  readonly weekends?: boolean;
  readonly calendar?: string;
}

const EXAMPLES = `
Examples:
  calendar_client free                        today, from now on
  calendar_client free tomorrow --length 90m
  calendar_client free week --hours 8-18      this week, from now on
  calendar_client free next week --calendar Work
  calendar_client free 23 nov --days 3 --weekends

Of several days Saturdays and Sundays are left out, unless --weekends is given.`;

export function registerFree(program: Command, withSession: WithSession): void {
  program
    .command('free')
    .summary('find free time')
    .description('Finds free time in a day or a week, within working hours.')
    .argument('[when...]', 'a day (default: today), or week, next week')
    .option('--length <length>', 'at least so long', '30m')
    .option('--hours <from-to>', 'within these hours of a day', '9-17')
    .option('--days <number>', 'so many days from the first one on')
    .option('--weekends', 'also on Saturdays and Sundays')
    .option('--calendar <name>', 'name or id of the calendar (default: all of yours)')
    .addHelpText('after', EXAMPLES)
    .action((when: readonly string[], options: FreeOptions, command: Command) =>
      withSession(command, (session) => showFree(session, when.join(' '), options)),
    );
}

async function showFree(session: Session, when: string, options: FreeOptions): Promise<void> {
  const { zone, json } = session.settings;
  const lengthMs = readLengthMs(options.length);
  const hours = parseHours(options.hours);
  const days = chooseDays(when, options, session.now);
  const windows = clipBefore(toDayWindows(days, hours, zone), nextMinute(session.now));
  const range = spanOf(windows);
  const calendarId = await findCalendarId(session, options.calendar);
  const busy = range ? await queryBusy(session, range, calendarId) : [];
  const free = findFreeSlots(windows, busy, lengthMs);
  if (json) session.printJson({ busy: busy.map(toInterval), free: free.map(toInterval) });
  else if (free.length > 0) session.print(...drawSlots(session, free));
  else {
    const length = formatLength({ days: 0, minutes: lengthMs / 60_000 });
    const within = days.length === 1 && days[0] ? `on ${formatDay(days[0])}` : `in these ${days.length} days`;
    session.note(
      `No ${length} are free ${within} between ${options.hours.replace('-', ' and ')}, from now on.`,
    );
    session.note('Try other hours (--hours 7-20), a shorter time (--length 15m) or another day (free week).');
  }
}

const MAX_DAYS = 90;

/** The days that are meant: one, seven of a week, or as many as asked for. */
function chooseDays(
  when: string,
  options: FreeOptions,
  now: Temporal.ZonedDateTime,
): readonly Temporal.PlainDate[] {
  const week = /^(?:(this|next|last)\s+)?week$/i.exec(when.trim());
  const first = week ? periodStart('week', week[1] ?? 'this', now) : periodStart('day', when, now);
  const count = options.days === undefined ? (week ? 7 : 1) : readDays(options.days);
  const days = Array.from({ length: count }, (_, i) => first.add({ days: i }));
  return count === 1 || options.weekends ? days : days.filter((day) => day.dayOfWeek <= 5);
}

function drawSlots({ style, settings }: Session, free: readonly Slot[]): readonly string[] {
  const lines: string[] = [];
  const byDay = Map.groupBy(free, ({ start }) => presentIn(settings.zone, start).toPlainDate().toString());
  for (const [day, slots] of byDay) {
    if (lines.length > 0) lines.push('');
    lines.push(style.bold(formatDay(Temporal.PlainDate.from(day))));
    for (const { start, end } of slots) {
      const [from, to] = [presentIn(settings.zone, start), presentIn(settings.zone, end)];
      const isMidnight = to.hour === 0 && to.minute === 0;
      const times = `${formatTime(from)}${style.signs.dash}${isMidnight ? '24:00' : formatTime(to)}`;
      lines.push(
        `  ${style.accent(times)}  ${style.dim(formatLength({ days: 0, minutes: (end - start) / 60_000 }))}`,
      );
    }
  }
  return lines;
}

function spanOf(windows: readonly Slot[]): Slot | undefined {
  const [first] = windows;
  const last = windows.at(-1);
  return first && last ? { start: first.start, end: last.end } : undefined;
}

function toInterval({ start, end }: Slot): { readonly start: string; readonly end: string } {
  const toText = (ms: number): string =>
    Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'second' });
  return { start: toText(start), end: toText(end) };
}

function nextMinute(now: Temporal.ZonedDateTime): number {
  return now.round({ smallestUnit: 'minute', roundingMode: 'ceil' }).epochMilliseconds;
}

function readLengthMs(text: string): number {
  const { months, days, minutes } = parseLength(text);
  if (months === 0 && days === 0 && minutes > 0) return minutes * 60_000;
  throw new UsageError(`--length: '${text}' is not allowed; allowed are minutes and hours, such as 30m`);
}

function readDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= MAX_DAYS) return days;
  throw new UsageError(`--days: '${text}' is not allowed; allowed are 1 to ${MAX_DAYS}`);
}
