import { CalendarService, type Event } from '@daywatch/protocol/calendar';
import type { Command } from 'commander';
import { toEventView } from '../api/views.ts';
import { describeInLine } from '../event/describe-event.ts';
import { findEvent } from '../event/find-event.ts';
import { RefusedError } from '../failure.ts';
import type { Session } from '../session.ts';
import type { WithSession } from './with-session.ts';

interface RemoveOptions {
  readonly yes?: boolean;
  readonly force?: boolean;
}

const EXAMPLES = `
Examples:
  calendar_client remove 3fa2b1
  calendar_client remove 3fa2b1 --yes

On a terminal it shows the event and asks; in a script it does not ask. It removes the event that it
has shown, not one that was changed in the meantime, unless --force is given.`;

export function registerRemove(program: Command, withSession: WithSession): void {
  program
    .command('remove')
    .summary('remove an event')
    .description('Removes an event.')
    .argument('<event>', 'the id, or some of its first or last digits')
    .option('-y, --yes', 'do not ask')
    .option('--force', 'remove it also if it has just been changed by somebody else')
    .addHelpText('after', EXAMPLES)
    .action((name: string, options: RemoveOptions, command: Command) =>
      withSession(command, (session) => removeEvent(session, name, options)),
    );
}

async function removeEvent(session: Session, name: string, options: RemoveOptions): Promise<void> {
  const event = await findEvent(session, name, { byTitle: false });
  if (!options.yes && !session.settings.json && session.terminal.canAsk) await confirm(session, event);
  await session.api.call(CalendarService.method.deleteEvent, {
    id: event.id,
    etag: options.force ? '' : event.etag,
  });
  if (session.settings.json) {
    session.printJson(toEventView(event));
    return;
  }
  session.note('Removed:');
  session.print(describeInLine(session, event));
}

async function confirm(session: Session, event: Event): Promise<void> {
  const answer = await session.terminal.ask(`${describeInLine(session, event)}\nRemove it? [y/N] `);
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new RefusedError('cancelled', 'nothing was removed');
}
