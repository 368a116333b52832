import type { Command } from 'commander';
import type { Temporal } from 'temporal-polyfill';
import { toOccurrenceView } from '../api/views.ts';
import { shortenIds } from '../event/short-id.ts';
import { findCalendarId, listCalendars } from '../find-calendar.ts';
import { drawAgenda } from '../listing/agenda.ts';
import { groupByDay, type DayRange } from '../listing/group-by-day.ts';
import { listPeriod, type Listing, type PeriodName } from '../listing/list-pages.ts';
import { drawMonthGrid } from '../listing/month-grid.ts';
import { periodStart } from '../listing/period-start.ts';
import type { Session } from '../session.ts';
import { formatDay, formatLongDay, formatMonth } from '../time/format-time.ts';
import type { WithSession } from './with-session.ts';

interface PeriodOptions {
  readonly calendar?: string;
}

const HELP = {
  day: {
    summary: 'list a day',
    description: 'Lists what is on a day, also what began earlier. By default today.',
    examples: ['day', 'day tomorrow', 'day fri', 'day 2026-11-23'],
    closing: '',
  },
  week: {
    summary: 'list a week',
    description: 'Lists seven days. By default this week, from Monday; from a day that is given otherwise.',
    examples: ['week', 'week next', 'week today', 'week 2026-11-23 --calendar Work'],
    closing: '',
  },
  month: {
    summary: 'list a month',
    description:
      'Lists a month with a small calendar on top. By default this month; from a day that is given to the same day of the next month.',
    examples: ['month', 'month next', 'month december', 'month 2026-12', 'month 15 dec'],
    closing: '\nIn the small calendar * marks days with events, > today.',
  },
} as const;

const CLOSING = `
Times are in your zone. The digits beside each time name the event for show, change and remove. What
goes on from or until another day is shown as 22:00–…, …–02:00. What repeats is marked with ↻, and with
"changed" where it was changed apart from its series.`;

export function registerPeriods(program: Command, withSession: WithSession): void {
  for (const period of ['day', 'week', 'month'] as const) {
    const { summary, description, examples, closing } = HELP[period];
    const lines = examples.map((example) => `  calendar_client ${example}`);
    program
      .command(period)
      .summary(summary)
      .description(description)
      .argument('[when...]', 'the first day: tomorrow, fri, 23 nov, 2026-11-23; this, next, last')
      .option('--calendar <name>', 'name or id of the calendar (default: all of yours)')
      .addHelpText('after', `\nExamples:\n${lines.join('\n')}\n${CLOSING}${closing}`)
      .action((when: readonly string[], options: PeriodOptions, command: Command) =>
        withSession(command, (session) => showPeriod(session, period, when.join(' '), options)),
      );
  }
}

async function showPeriod(
  session: Session,
  period: PeriodName,
  when: string,
  options: PeriodOptions,
): Promise<void> {
  const start = periodStart(period, when, session.now);
  const calendarId = await findCalendarId(session, options.calendar);
  const listing = await listPeriod(session, period, start.toString(), calendarId);
  const { occurrences, nextPageToken } = listing;
  if (session.settings.json) {
    session.printJson({ occurrences: occurrences.map(toOccurrenceView), next_page_token: nextPageToken });
    return;
  }
  const range = { start, end: endOf(period, start) };
  session.print(...(await drawListing(session, period, range, listing)));
  if (occurrences.length === 0) sayEmpty(session, period, range);
  if (nextPageToken !== '')
    session.note(`Only the first ${occurrences.length} are shown; take a shorter period.`);
}

function endOf(period: PeriodName, start: Temporal.PlainDate): Temporal.PlainDate {
  return start.add({ day: { days: 1 }, week: { days: 7 }, month: { months: 1 } }[period]);
}

async function drawListing(
  session: Session,
  period: PeriodName,
  range: DayRange,
  { occurrences }: Listing,
): Promise<readonly string[]> {
  const { style, width, settings, now } = session;
  const today = now.toPlainDate();
  const groups = groupByDay(occurrences, range, settings.zone);
  const agenda = drawAgenda(groups, {
    style,
    width,
    today,
    zone: settings.zone,
    shortIds: shortenIds(occurrences.map((occurrence) => occurrence.eventId)),
    calendarNames: await nameCalendars(session, occurrences),
    skipsEmptyDays: period === 'month',
  });
  if (period !== 'month') return agenda;
  const grid = drawMonthGrid(groups, today, style);
  return [style.bold(titleOf(range)), ...grid, ...(agenda.length > 0 ? ['', ...agenda] : [])];
}

/** Names are shown where events of several calendars are. */
async function nameCalendars(
  session: Session,
  occurrences: Listing['occurrences'],
): Promise<ReadonlyMap<string, string>> {
  if (new Set(occurrences.map((occurrence) => occurrence.calendarId)).size < 2) return new Map();
  const calendars = await listCalendars(session);
  return new Map(
    calendars.filter((calendar) => !calendar.default).map((calendar) => [calendar.id, calendar.name]),
  );
}

function titleOf({ start, end }: DayRange): string {
  return start.day === 1
    ? formatMonth(start)
    : `${formatDay(start)} to ${formatDay(end.subtract({ days: 1 }))}`;
}

function sayEmpty(session: Session, period: PeriodName, { start, end }: DayRange): void {
  const day = formatLongDay(start);
  const when = { day: `on ${day}`, week: `in the week from ${day}`, month: `from ${day} on, for a month` }[
    period
  ];
  const today = session.now.toPlainDate().toString();
  const example = today >= start.toString() && today < end.toString() ? 'today' : start.toString();
  session.note(`You have nothing ${when}. Add something: calendar_client add "Lunch" ${example} 12:00`);
}
