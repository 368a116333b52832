import type { Command } from 'commander';
import { toEventView } from '../api/views.ts';
import { describeInFull } from '../event/describe-event.ts';
import { findEvent } from '../event/find-event.ts';
import { listCalendars } from '../find-calendar.ts';
import type { Session } from '../session.ts';
import type { WithSession } from './with-session.ts';

const EXAMPLES = `
Examples:
  calendar_client show 3fa2b1          the last digits of the id, as listings show them
  calendar_client show dentist         words of the title

At least four digits of an id are looked up, its first or its last ones, among the events near today
first. The whole id finds any event.`;

export function registerShow(program: Command, withSession: WithSession): void {
  program
    .command('show')
    .summary('show all about an event')
    .description('Shows all about an event.')
    .argument('<event...>', 'the id, some of its first or last digits, or words of the title')
    .addHelpText('after', EXAMPLES)
    .action((name: readonly string[], _options: unknown, command: Command) =>
      withSession(command, (session) => showEvent(session, name.join(' '))),
    );
}

async function showEvent(session: Session, name: string): Promise<void> {
  const event = await findEvent(session, name, { byTitle: true });
  if (session.settings.json) {
    session.printJson(toEventView(event));
    return;
  }
  const calendars = await listCalendars(session);
  session.print(
    ...describeInFull(
      session,
      event,
      calendars.find((calendar) => calendar.id === event.calendarId),
    ),
  );
}
