import { CalendarService, type Event } from '@daywatch/protocol/calendar';
import type { Command } from 'commander';
import { CallFailure } from '../api/call-failure.ts';
import { toEventView } from '../api/views.ts';
import { describeInLine } from '../event/describe-event.ts';
import { findEvent } from '../event/find-event.ts';
import { planChange, type PlannedChange, type TypedChange } from '../event/plan-change.ts';
import { shortenId } from '../event/short-id.ts';
import { toShownTime } from '../event/shown-time.ts';
import { UsageError } from '../failure.ts';
import { explainConflict } from '../free/explain-conflict.ts';
import type { Slot } from '../free/free-slots.ts';
import type { Session } from '../session.ts';
import { collect, type WithSession } from './with-session.ts';

interface ChangeOptions extends Omit<TypedChange, 'when'> {
  readonly force?: boolean;
  readonly etag?: string;
}

const EXAMPLES = `
Examples:
  calendar_client change 3fa2b1 10:00                 the same day, as long as before
  calendar_client change 3fa2b1 next friday 14:00 --for 90m
  calendar_client change 3fa2b1 --by +30m             later by half an hour; --by -1d a day earlier
  calendar_client change 3fa2b1 --title "Dentist, again" --remind 1d,15m
  calendar_client change 3fa2b1 --location "" --remind none

Only what is given is changed, and only if nobody else has changed the event in the meantime; --force
changes it in any case. With --etag (as --json shows it) the event must still be that version.`;

export function registerChange(program: Command, withSession: WithSession): void {
  program
    .command('change')
    .summary('change or move an event')
    .description('Changes or moves an event.')
    .argument('<event>', 'the id, or some of its first or last digits')
    .argument('[when...]', 'the new beginning; a time alone keeps the day, and the length stays')
    .option('--title <text>', 'what it is')
    .option('--for <length>', 'how long it lasts: 45m, 1h30m, 2d')
    .option('--until <when>', 'when it ends; for whole days the last day')
    .option('--by <length>', 'move it by so much: +30m, -1h, 1d')
    .option('--all-day', 'make it a whole day')
    .option(
      '--remind <length>',
      'remind that long before, in place of earlier reminders; none for none',
      collect,
    )
    .option('--location <text>', 'where it is; "" for nowhere')
    .option('--description <text>', 'more about it; "" for nothing')
    .option('--free', 'takes no time: others may overlap it')
    .option('--busy', 'takes its time')
    .option('--etag <etag>', 'change this version of it only')
    .option('--force', 'change it also if it has just been changed by somebody else')
    .addHelpText('after', EXAMPLES)
    .action((name: string, when: readonly string[], options: ChangeOptions, command: Command) =>
      withSession(command, (session) => changeEvent(session, name, { ...options, when: when.join(' ') })),
    );
}

async function changeEvent(
  session: Session,
  name: string,
  options: ChangeOptions & TypedChange,
): Promise<void> {
  if (options.force && options.etag !== undefined) {
    throw new UsageError('--force and --etag are given both; take one of them');
  }
  const event = await findEvent(session, name, { byTitle: false });
  const change = planChange(event, options, session.now);
  const etag = options.force ? '' : (options.etag ?? event.etag);
  try {
    const changed = await session.api.call(CalendarService.method.updateEvent, {
      event: { ...change.fields, id: event.id, etag },
      updateMask: { paths: change.paths },
    });
    if (session.settings.json) {
      session.printJson(toEventView(changed));
      return;
    }
    const notes = change.times?.notes ?? [];
    session.note(
      ...notes.map((note) => `note: ${note}`),
      changed.etag === event.etag ? 'It was so already:' : 'Changed:',
    );
    session.print(describeInLine(session, changed));
  } catch (error) {
    if (error instanceof CallFailure) await explainRefusal(session, error, event, change);
    throw error;
  }
}

async function explainRefusal(
  session: Session,
  failure: CallFailure,
  event: Event,
  change: PlannedChange,
): Promise<void> {
  const { zone } = session.settings;
  const own = (event.busy ?? !event.allDay) ? ownSlot(event, zone) : undefined;
  const time = change.times?.shown ?? toShownTime(event, zone);
  await explainConflict(
    session,
    failure,
    { time, calendarId: event.calendarId, own },
    (typed) => `calendar_client change ${shortenId(event.id)} ${typed}`,
  );
}

function ownSlot(event: Event, zone: string): Slot | undefined {
  const time = toShownTime(event, zone);
  if (time.kind === 'all-day') return undefined;
  return { start: time.start.epochMilliseconds, end: time.end.epochMilliseconds };
}
