import { CalendarService, OccurrenceScope, type Event } from '@daywatch/protocol/calendar';
import type { Command } from 'commander';
import { toEventView } from '../api/views.ts';
import { addTargetOptions, chooseTarget, type Target, type TypedTarget } from '../event/choose-target.ts';
import { describeInLine } from '../event/describe-event.ts';
import { findEvent } from '../event/find-event.ts';
import { RefusedError } from '../failure.ts';
import type { Session } from '../session.ts';
import type { WithSession } from './with-session.ts';

interface RemoveOptions extends TypedTarget {
  readonly yes?: boolean;
  readonly force?: boolean;
}

const EXAMPLES = `
Examples:
  calendar_client remove 3fa2b1
  calendar_client remove 3fa2b1 --yes
  calendar_client remove 3fa2b1 --only thu            one of a series
  calendar_client remove 3fa2b1 --from "1 jul"        that one and all that follow: the series ends before it
  calendar_client remove 3fa2b1 --all                 the whole series

On a terminal it shows the event and asks; in a script it does not ask. It removes the event that it
has shown, not one that was changed in the meantime, unless --force is given.`;

export function registerRemove(program: Command, withSession: WithSession): void {
  const remove = program
    .command('remove')
    .summary('remove an event')
    .description('Removes an event, or of what repeats one or those that follow.')
    .argument('<event>', 'the id, or some of its first or last digits');
  addTargetOptions(remove)
    .option('-y, --yes', 'do not ask')
    .option('--force', 'remove it also if it has just been changed by somebody else')
    .addHelpText('after', EXAMPLES)
    .action((name: string, options: RemoveOptions, command: Command) =>
      withSession(command, (session) => removeEvent(session, name, options)),
    );
}

async function removeEvent(session: Session, name: string, options: RemoveOptions): Promise<void> {
  const target = await chooseTarget(session, await findEvent(session, name, { byTitle: false }), options);
  if (!options.yes && !session.settings.json && session.terminal.canAsk) await confirm(session, target);
  await send(session, target, options.force ? '' : target.event.etag);
  if (session.settings.json) {
    session.printJson(toEventView(target.event));
    return;
  }
  session.note(target.kind === 'following' ? 'Removed, with all that follow:' : 'Removed:');
  session.print(describeInLine(session, target.event));
}

async function send(session: Session, { kind, event }: Target, etag: string): Promise<void> {
  const { deleteEvent, deleteOccurrence } = CalendarService.method;
  if (kind === 'all') {
    await session.api.call(deleteEvent, { id: event.id, etag });
    return;
  }
  const scope = kind === 'this' ? OccurrenceScope.THIS : OccurrenceScope.FOLLOWING;
  const { id: eventId, recurrenceId } = event;
  await session.api.call(deleteOccurrence, { eventId, recurrenceId, scope, etag });
}

async function confirm(session: Session, target: Target): Promise<void> {
  const answer = await session.terminal.ask(
    `${describeInLine(session, target.event)}\n${questionOf(target.kind, target.event)} [y/N] `,
  );
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new RefusedError('cancelled', 'nothing was removed');
}

function questionOf(kind: Target['kind'], event: Event): string {
  switch (kind) {
    case 'this':
      return 'Remove this one alone?';
    case 'following':
      return 'Remove this one and all that follow?';
    case 'all':
      return event.recurrence ? 'Remove the whole series?' : 'Remove it?';
    default:
      return kind satisfies never;
  }
}
