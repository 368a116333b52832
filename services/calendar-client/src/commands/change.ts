import { create } from '@bufbuild/protobuf';
import { CalendarService, OccurrenceScope, RecurrenceSchema, type Event } from '@daywatch/protocol/calendar';
import type { Command } from 'commander';
import { CallFailure } from '../api/call-failure.ts';
import { toEventView } from '../api/views.ts';
import { planSeriesChange, type ChangedSeries } from '../event/change-series.ts';
import { addTargetOptions, chooseTarget, type Target, type TypedTarget } from '../event/choose-target.ts';
import { describeInLine } from '../event/describe-event.ts';
import { listDates } from '../event/describe-repetition.ts';
import { explainRefusedChange } from '../event/explain-refused-change.ts';
import { findEvent } from '../event/find-event.ts';
import {
  checkChange,
  planChange,
  timeFields,
  toPath,
  type PlannedChange,
  type TypedChange,
} from '../event/plan-change.ts';
import { shortenId } from '../event/short-id.ts';
import { startOf, toShownTime } from '../event/shown-time.ts';
import { UsageError } from '../failure.ts';
import { confirmSeries } from '../repeat/preview.ts';
import { addRepeatOptions, splitRepeat, type RepeatOptions } from '../repeat/repeat-options.ts';
import type { Session } from '../session.ts';
import { collect, type WithSession } from './with-session.ts';

interface ChangeOptions extends Omit<TypedChange, 'when' | 'until'>, TypedTarget, RepeatOptions {
  readonly once?: boolean;
  readonly force?: boolean;
  readonly etag?: string;
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  calendar_client change 3fa2b1 10:00                 the same day, as long as before
  calendar_client change 3fa2b1 next friday 14:00 --for 90m
  calendar_client change 3fa2b1 --by +30m             later by half an hour; --by -1d a day earlier
  calendar_client change 3fa2b1 --title "Dentist, again" --remind 1d,15m
  calendar_client change 3fa2b1 --location "" --remind none
  calendar_client change 3fa2b1 fri 11:00 --only thu  one of a series, to another day
  calendar_client change 3fa2b1 10:00 --from "1 jan"  that one and all that follow
  calendar_client change 3fa2b1 --all --until "30 jun"

Only what is given is changed, and only if nobody else has changed the event in the meantime; --force
changes it in any case. With --etag (as --json shows it) the event must still be that version.

Of an event that repeats, say which is meant: --only, --from or --all. A new day or time counts from
that one. With --from the series ends before it, and what follows becomes an event of its own. What was
changed apart stays as it is, as far as the new series has a place for it. --every and --times work as
for add; without --every, --times and the day of --until change where the repetition ends.`;

export function registerChange(program: Command, withSession: WithSession): void {
  const change = program
    .command('change')
    .summary('change or move an event')
    .description('Changes or moves an event.')
    .argument('<event>', 'the id, or some of its first or last digits')
    .argument('[when...]', 'the new beginning; a time alone keeps the day, and the length stays');
  addTargetOptions(change)
    .option('--title <text>', 'what it is')
    .option('--for <length>', 'how long it lasts: 45m, 1h30m, 2d')
    .option('--until <when>', 'when it ends; for whole days the last day; of what repeats, the day it stops')
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
    .option('--busy', 'takes its time');
  addRepeatOptions(change)
    .option('--once', 'repeat it no more: the first that is left stays')
    .option('-y, --yes', 'do not ask')
    .option('--etag <etag>', 'change this version of it only')
    .option('--force', 'change it also if it has just been changed by somebody else')
    .addHelpText('after', EXAMPLES)
    .action((name: string, when: readonly string[], options: ChangeOptions, command: Command) =>
      withSession(command, (session) => changeEvent(session, name, when.join(' '), options)),
    );
}

/** What is to be changed, of which event or occurrence. */
interface Change extends PlannedChange {
  readonly target: Target;
  readonly changed: ChangedSeries;
}

async function changeEvent(
  session: Session,
  name: string,
  when: string,
  options: ChangeOptions,
): Promise<void> {
  if (options.force && options.etag !== undefined) {
    throw new UsageError('--force and --etag are given both; take one of them');
  }
  const target = await chooseTarget(session, await findEvent(session, name, { byTitle: false }), options);
  const change = planWholeChange(session, target, when, options);
  const { times, changed } = change;
  session.note(...[...(times?.notes ?? []), ...changed.notes].map((note) => `note: ${note}`));
  if (changed.series && (times || changed.rrule !== undefined)) {
    const begin = startOf(
      times?.shown ?? toShownTime(target.event, session.settings.zone),
      session.settings.zone,
    );
    const now = session.now.toInstant();
    const from = begin.epochMilliseconds > now.epochMilliseconds ? begin : now;
    await confirmSeries(session, changed.series, {
      question: 'Change it so?',
      yes: options.yes === true,
      from,
    });
  }
  try {
    const answer = await send(session, change, options);
    if (session.settings.json) session.printJson(toEventView(answer));
    else tell(session, target, answer);
  } catch (error) {
    if (error instanceof CallFailure) await explainRefusedChange(session, error, { ...change, options });
    throw error;
  }
}

function planWholeChange(session: Session, target: Target, when: string, options: ChangeOptions): Change {
  const { event } = target;
  const repeats = target.kind !== 'this' && (event.recurrence !== undefined || target.kind === 'following');
  const { repeat, until } = splitRepeat(options, repeats);
  const change = planChange(event, { ...options, when, until }, session.now);
  const changed = planSeriesChange(target, change, { ...repeat, ...(options.once ? { once: true } : {}) });
  const fields = {
    ...change.fields,
    ...(changed.times ? timeFields(changed.times, event.allDay) : {}),
  };
  const paths = [
    ...Object.keys(fields).map(toPath),
    ...(changed.rrule === undefined ? [] : ['recurrence.rrule']),
    ...(options.once ? ['recurrence'] : []),
  ];
  checkChange({ paths });
  const recurrence =
    changed.rrule === undefined ? {} : { recurrence: create(RecurrenceSchema, { rrule: changed.rrule }) };
  return { target, changed, paths, times: changed.times, fields: { ...fields, ...recurrence } };
}

function send(session: Session, { target, fields, paths }: Change, options: ChangeOptions): Promise<Event> {
  const etag = options.force ? '' : (options.etag ?? target.event.etag);
  const { updateEvent, updateOccurrence } = CalendarService.method;
  if (target.kind === 'all') {
    const event = { ...fields, id: target.event.id, etag };
    return session.api.call(updateEvent, { event, updateMask: { paths } });
  }
  return session.api.call(updateOccurrence, {
    eventId: target.event.id,
    recurrenceId: target.event.recurrenceId,
    scope: target.kind === 'this' ? OccurrenceScope.THIS : OccurrenceScope.FOLLOWING,
    event: { ...fields, etag },
    updateMask: { paths },
  });
}

function tell(session: Session, { kind, event }: Target, answer: Event): void {
  const isNew = kind === 'following' && answer.id !== event.id;
  const dropped = answer.droppedOverrides;
  session.note(
    answer.etag === event.etag && !isNew ? 'It was so already:' : 'Changed:',
    ...(isNew
      ? [`What was before stays under ${shortenId(event.id)}; what follows is an event of its own.`]
      : []),
    ...(dropped.length > 0
      ? [
          `note: changed occurrences that have no place any more are gone: ${listDates(session, dropped).join('; ')}`,
        ]
      : []),
  );
  session.print(describeInLine(session, answer));
}
