import { CalendarService } from '@daywatch/protocol/calendar';
import type { Command } from 'commander';
import { CallFailure } from '../api/call-failure.ts';
import { toEventView } from '../api/views.ts';
import { describeInLine } from '../event/describe-event.ts';
import { planNewTimes, type PlannedNewTimes, type TypedNewTimes } from '../event/plan-new-event.ts';
import { planReminders } from '../event/plan-reminders.ts';
import { lengthOf, startOf, type ShownTime } from '../event/shown-time.ts';
import { isFullId, toFullId } from '../event/short-id.ts';
import { UsageError } from '../failure.ts';
import { findCalendarId } from '../find-calendar.ts';
import { explainConflict } from '../free/explain-conflict.ts';
import { explainSeriesConflict } from '../free/explain-series-conflict.ts';
import { confirmSeries } from '../repeat/preview.ts';
import { addRepeatOptions, repeatWords, REPEAT_HELP } from '../repeat/repeat-options.ts';
import type { ApiRecurrence } from '../repeat/series-of.ts';
import type { Session } from '../session.ts';
import { quoteShell } from '../text/quote-shell.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { formatLength } from '../time/length.ts';
import { collect, type WithSession } from './with-session.ts';

interface AddOptions extends TypedNewTimes {
  readonly remind?: readonly string[];
  readonly location?: string;
  readonly description?: string;
  readonly free?: boolean;
  readonly busy?: boolean;
  readonly calendar?: string;
  readonly id?: string;
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  calendar_client add "Dentist" tomorrow 9:00 --for 45m --remind 15m
  calendar_client add "Workshop" mon 10:30-12:00 --location "Room 4"
  calendar_client add "Call Ann" in 2 hours
  calendar_client add "Vacation" 20 dec --until "3 jan"
  calendar_client add "Train" 2026-11-23T22:10 --until 6:40 --calendar Travel
  calendar_client add "Standup" tomorrow 9:30 --for 15m --every weekday
  calendar_client add "Course" tue 18:00-19:30 --every 2 weeks --on tue,thu --until "30 jun" --except "24 dec"

A time without an end lasts one hour; a day without a time is a whole day, which takes no time unless
--busy is given. The last day of --until is part of it.
${REPEAT_HELP}
What repeats is shown in words and with its next dates first; on a terminal you are asked.`;

export function registerAdd(program: Command, withSession: WithSession): void {
  const add = program
    .command('add')
    .summary('add an event')
    .description('Adds an event. Two events that take their time never overlap in one calendar.')
    .argument('<title>', 'what it is; quote it where it has several words')
    .argument(
      '<when...>',
      'when it begins: tomorrow 9:00, mon 10:30-12:00, 23 nov, in 2 hours, 2026-11-23T09:00',
    )
    .option('--for <length>', 'how long it lasts: 45m, 1h30m, 2d (default: 1h, or the whole day)')
    .option(
      '--until <when>',
      'when it ends: 10:00, "fri 17:00"; for whole days the last day; of what repeats, the day it stops',
    )
    .option('--all-day', 'the whole day');
  addRepeatOptions(add)
    .option('--except <days>', 'leave out these days of what repeats: "24 dec", 2026-12-24', collect)
    .option('-y, --yes', 'do not ask')
    .option('--remind <length>', 'remind that long before: 15m, 1d; may be given more than once', collect)
    .option('--location <text>', 'where it is')
    .option('--description <text>', 'more about it')
    .option('--free', 'takes no time: others may overlap it')
    .option('--busy', 'takes its time, also if it is all day')
    .option('--calendar <name>', 'name or id of the calendar (default: your default one)')
    .option('--id <uuid>', 'the id of the event; adding the same event again with it makes no second one')
    .addHelpText('after', EXAMPLES)
    .action((title: string, when: readonly string[], options: AddOptions, command: Command) =>
      withSession(command, (session) => addEvent(session, title, when, options)),
    );
}

async function addEvent(
  session: Session,
  title: string,
  when: readonly string[],
  options: AddOptions,
): Promise<void> {
  const planned = planNewTimes(session, title, when, options);
  const { times, series } = planned;
  const id = readId(options.id) ?? session.newId();
  const busy = readBusy(options);
  const notifyBefore = planReminders(options.remind ?? []);
  const calendarId = await findCalendarId(session, options.calendar);
  const { location = '', description = '' } = options;
  const { zone: timeZone } = session.settings;
  const event = {
    id,
    calendarId,
    title,
    start: times.start,
    end: times.end,
    timeZone,
    location,
    description,
    notifyBefore,
    allDay: times.shown.kind === 'all-day',
    ...(series ? { recurrence: toMessage(series.recurrence) } : {}),
    ...(busy === undefined ? {} : { busy }),
  };
  session.note(...times.notes.map((note) => `note: ${note}`));
  if (series) {
    const from = startOf(times.shown, timeZone);
    await confirmSeries(session, series.series, { question: 'Add it?', yes: options.yes === true, from });
  }
  try {
    const added = await session.api.call(CalendarService.method.createEvent, { event });
    if (session.settings.json) {
      session.printJson(toEventView(added));
      return;
    }
    session.note('Added:');
    session.print(describeInLine(session, added));
  } catch (error) {
    if (error instanceof CallFailure) {
      await explainRefusal(session, error, { title, planned, id, calendarId, options });
    }
    throw error;
  }
}

function toMessage({ rrule, exdates, rdates }: ApiRecurrence) {
  return { rrule, exdates: [...exdates], rdates: [...rdates] };
}

interface Attempt {
  readonly title: string;
  readonly planned: PlannedNewTimes;
  readonly id: string;
  readonly calendarId: string;
  readonly options: AddOptions;
}

async function explainRefusal(session: Session, failure: CallFailure, attempt: Attempt): Promise<void> {
  if (!failure.isAnswer && failure.code === 'deadline_exceeded') {
    failure.hints = [
      `It may have been added all the same. Type it again with --id ${attempt.id}: that makes no second one.`,
    ];
  }
  if (failure.code !== 'date_busy') return;
  const calendarId = attempt.calendarId || (await defaultCalendarId(session));
  const { title, planned, options } = attempt;
  const { shown } = planned.times;
  const toCommand = (typed: string): string => sanitizeLine(writeAdd(title, typed, shown, options));
  const wish = { time: shown, calendarId };
  if (!planned.series) await explainConflict(session, failure, wish, toCommand);
  else {
    const { series } = planned.series;
    await explainSeriesConflict(session, failure, { ...wish, series }, toCommand, true);
  }
}

/** What to type for the same event at another time. */
function writeAdd(title: string, when: string, shown: ShownTime, options: AddOptions): string {
  const { remind = [], location, description, calendar, busy, except = [] } = options;
  const words = [
    '--for',
    formatLength(lengthOf(shown)).replaceAll(' ', ''),
    ...repeatWords(options),
    ...except.flatMap((days) => ['--except', days]),
    ...remind.flatMap((length) => ['--remind', length]),
    ...(location === undefined ? [] : ['--location', location]),
    ...(description === undefined ? [] : ['--description', description]),
    ...(calendar === undefined ? [] : ['--calendar', calendar]),
    ...(busy ? ['--busy'] : []),
  ];
  return `calendar_client add ${quoteShell(title)} ${when} ${words.map(quoteShell).join(' ')}`;
}

/** The empty id would ask about all calendars, and only one of them is in the way. */
async function defaultCalendarId(session: Session): Promise<string> {
  try {
    return await findDefault(session);
  } catch {
    return '';
  }
}

async function findDefault(session: Session): Promise<string> {
  const { calendars } = await session.api.call(CalendarService.method.listCalendars, {});
  return calendars.find((calendar) => calendar.default)?.id ?? '';
}

function readBusy({ free, busy }: AddOptions): boolean | undefined {
  if (free && busy) throw new UsageError('--free and --busy are given both; take one of them');
  if (free) return false;
  return busy ? true : undefined;
}

function readId(given: string | undefined): string | undefined {
  if (given === undefined || isFullId(given)) return given === undefined ? undefined : toFullId(given);
  throw new UsageError(
    `--id: '${sanitizeLine(given)}' is no UUID; allowed is the form 0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b`,
  );
}
