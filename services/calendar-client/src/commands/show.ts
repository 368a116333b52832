import type { Command } from 'commander';
import { toEventView } from '../api/views.ts';
import { describeInFull } from '../event/describe-event.ts';
import { describeRepetition } from '../event/describe-repetition.ts';
import { findOccurrence } from '../event/find-occurrence.ts';
import { findEvent } from '../event/find-event.ts';
import { listCalendars } from '../find-calendar.ts';
import type { Session } from '../session.ts';
import type { WithSession } from './with-session.ts';

interface ShowOptions {
  readonly only?: string;
}

const EXAMPLES = `
Examples:
  calendar_client show 3fa2b1          the last digits of the id, as listings show them
  calendar_client show dentist         words of the title
  calendar_client show 3fa2b1 --only thu   one of a series, with what was changed of it

At least four digits of an id are looked up, its first or its last ones, among the events near today
first. The whole id finds any event.`;

export function registerShow(program: Command, withSession: WithSession): void {
  program
    .command('show')
    .summary('show all about an event')
    .description('Shows all about an event.')
    .argument('<event...>', 'the id, some of its first or last digits, or words of the title')
    .option('--only <when>', 'of what repeats: the one on that day; next for the coming one')
    .addHelpText('after', EXAMPLES)
    .action((name: readonly string[], { only }: ShowOptions, command: Command) =>
      withSession(command, (session) => showEvent(session, name.join(' '), only)),
    );
}

async function showEvent(session: Session, name: string, only: string | undefined): Promise<void> {
  const found = await findEvent(session, name, { byTitle: true });
  const event = only === undefined ? found : await findOccurrence(session, found, only);
  if (session.settings.json) {
    session.printJson(toEventView(event));
    return;
  }
  const [calendars, repetition] = await Promise.all([
    listCalendars(session),
    describeRepetition(session, event),
  ]);
  session.print(
    ...describeInFull(
      session,
      event,
      calendars.find((calendar) => calendar.id === event.calendarId),
      repetition,
    ),
  );
}
