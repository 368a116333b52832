import { CalendarService, type Calendar } from '@daywatch/protocol/calendar';
import type { Command } from 'commander';
import { toCalendarView } from '../api/views.ts';
import { UsageError } from '../failure.ts';
import { findCalendar, listCalendars } from '../find-calendar.ts';
import { checkZone } from '../settings.ts';
import type { Session } from '../session.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { cutToWidth, padToWidth, widthOf } from '../text/width.ts';
import type { WithSession } from './with-session.ts';

interface CalendarOptions {
  readonly name?: string;
  readonly timeZone?: string;
}

const EXAMPLES = `
Examples:
  calendar_client calendars
  calendar_client calendars add Work --time-zone Europe/Berlin
  calendar_client calendars change Work --name "Work and travel"

Events of different calendars may overlap; within one calendar what takes its time never does.`;

export function registerCalendars(program: Command, withSession: WithSession): void {
  const calendars = program
    .command('calendars')
    .summary('list, add and change calendars')
    .description('Lists your calendars; the default one first.')
    .addHelpText('after', EXAMPLES);
  calendars
    .command('list', { isDefault: true })
    .description('Lists your calendars; the default one first.')
    .addHelpText('after', '\nExamples:\n  calendar_client calendars\n  calendar_client calendars list --json')
    .action((_options: unknown, command: Command) => withSession(command, showCalendars));
  calendars
    .command('add')
    .description('Adds a calendar.')
    .argument('<name>', 'what it is called; quote it where it has several words')
    .option(
      '--time-zone <zone>',
      'the zone of events that name none (default: that of your default calendar)',
    )
    .addHelpText('after', '\nExamples:\n  calendar_client calendars add Work --time-zone Europe/Berlin')
    .action((name: string, options: CalendarOptions, command: Command) =>
      withSession(command, (session) => addCalendar(session, name, options)),
    );
  calendars
    .command('change')
    .description('Changes name or zone of a calendar; its events keep their zones.')
    .argument('<calendar>', 'its name or id')
    .option('--name <text>', 'what it is called')
    .option('--time-zone <zone>', 'the zone of events that name none')
    .addHelpText('after', '\nExamples:\n  calendar_client calendars change Work --name "Work and travel"')
    .action((name: string, options: CalendarOptions, command: Command) =>
      withSession(command, (session) => changeCalendar(session, name, options)),
    );
}

async function showCalendars(session: Session): Promise<void> {
  const calendars = await listCalendars(session);
  if (session.settings.json) session.printJson({ calendars: calendars.map(toCalendarView) });
  else session.print(...drawCalendars(session, calendars));
}

async function addCalendar(session: Session, name: string, { timeZone }: CalendarOptions): Promise<void> {
  const calendar = await session.api.call(CalendarService.method.createCalendar, {
    calendar: {
      id: session.newId(),
      name,
      timeZone: timeZone === undefined ? '' : checkZone(timeZone, '--time-zone'),
    },
  });
  tell(session, 'Added:', calendar);
}

async function changeCalendar(
  session: Session,
  typed: string,
  { name, timeZone }: CalendarOptions,
): Promise<void> {
  const fields = {
    ...(name === undefined ? {} : { name }),
    ...(timeZone === undefined ? {} : { timeZone: checkZone(timeZone, '--time-zone') }),
  };
  const paths = [...(name === undefined ? [] : ['name']), ...(timeZone === undefined ? [] : ['time_zone'])];
  if (paths.length === 0)
    throw new UsageError('nothing to change is given; allowed are --name and --time-zone');
  const { id } = await findCalendar(session, typed);
  const calendar = await session.api.call(CalendarService.method.updateCalendar, {
    calendar: { ...fields, id },
    updateMask: { paths },
  });
  tell(session, 'Changed:', calendar);
}

function tell(session: Session, what: string, calendar: Calendar): void {
  if (session.settings.json) {
    session.printJson(toCalendarView(calendar));
    return;
  }
  session.note(what);
  session.print(...drawCalendars(session, [calendar]));
}

const ID_WIDTH = 36;

function drawCalendars({ style, width }: Session, calendars: readonly Calendar[]): readonly string[] {
  const zoneWidth = Math.max(...calendars.map(({ timeZone }) => widthOf(timeZone)));
  // Where ids do not fit beside the names, they go: a name does as well.
  const hasIds = width >= ID_WIDTH + zoneWidth + 20;
  return calendars.map((calendar) => {
    const mark = calendar.default ? '*' : ' ';
    const id = hasIds ? `${style.dim(calendar.id)}  ` : '';
    const head = `${mark} ${padToWidth(calendar.timeZone, zoneWidth)}  `;
    const room = width - widthOf(head) - (hasIds ? ID_WIDTH + 2 : 0);
    return `${head}${id}${style.bold(cutToWidth(sanitizeLine(calendar.name), room, style.signs.ellipsis))}`;
  });
}
