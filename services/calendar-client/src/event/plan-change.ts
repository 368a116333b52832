import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Event, EventSchema } from '@daywatch/protocol/calendar';
import type { Temporal } from 'temporal-polyfill';
import { UsageError } from '../failure.ts';
import { parseLength, type Length } from '../time/length.ts';
import { planReminders } from './plan-reminders.ts';
import { planTimes, type PlannedTimes } from './plan-times.ts';
import { lengthOf, toShownTime, type ShownTime } from './shown-time.ts';

/** What was typed after `change ID`. */
export interface TypedChange {
  /** The new beginning; empty where it stays. */
  readonly when: string;
  readonly title?: string | undefined;
  readonly for?: string | undefined;
  readonly until?: string | undefined;
  readonly by?: string | undefined;
  readonly allDay?: boolean | undefined;
  readonly remind?: readonly string[] | undefined;
  readonly location?: string | undefined;
  readonly description?: string | undefined;
  readonly free?: boolean | undefined;
  readonly busy?: boolean | undefined;
}

/** What is to be changed: the fields by their names in the contract, and their values. */
export interface PlannedChange {
  readonly paths: string[];
  readonly fields: MessageInitShape<typeof EventSchema>;
  readonly times: PlannedTimes | undefined;
}

/**
 * Puts together what changes of an event. A new beginning keeps the length; a time alone keeps the day.
 * @throws UnclearTime, UsageError
 */
export function planChange(event: Event, typed: TypedChange, now: Temporal.ZonedDateTime): PlannedChange {
  const times = planNewTimes(event, typed, now);
  const busy = readBusy(typed);
  const fields = {
    ...(typed.title === undefined ? {} : { title: typed.title }),
    ...(typed.location === undefined ? {} : { location: typed.location }),
    ...(typed.description === undefined ? {} : { description: typed.description }),
    ...(typed.remind === undefined ? {} : { notifyBefore: planReminders(typed.remind) }),
    ...(busy === undefined ? {} : { busy }),
    ...(times ? timeFields(times, event.allDay) : {}),
  };
  return { paths: Object.keys(fields).map(toPath), fields, times };
}

/** The fields of the time; whether it is all day only where that changes. */
export function timeFields({ start, end, shown }: PlannedTimes, wasAllDay: boolean) {
  const allDay = shown.kind === 'all-day';
  return { start, end, ...(allDay === wasAllDay ? {} : { allDay }) };
}

/** The name of a field as masks have it. */
export function toPath(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** @throws UsageError where nothing is to be changed. */
export function checkChange({ paths }: Pick<PlannedChange, 'paths'>): void {
  if (paths.length > 0) return;
  throw new UsageError(
    'nothing to change is given',
    'Give a new time, such as: calendar_client change 3fa2b1 fri 10:00',
    'or an option, such as --title, --for, --by, --location, --remind; see calendar_client change --help',
  );
}

function planNewTimes(
  event: Event,
  typed: TypedChange,
  now: Temporal.ZonedDateTime,
): PlannedTimes | undefined {
  const current = toShownTime(event, now.timeZoneId);
  if (typed.by !== undefined) {
    if (typed.when !== '' || typed.until !== undefined || typed.for !== undefined || typed.allDay) {
      throw new UsageError(
        '--by moves the event as it is; leave out the new time, --for, --until and --all-day',
      );
    }
    return moveBy(current, typed.by);
  }
  const { for: length, until, allDay } = typed;
  if (typed.when === '' && length === undefined && until === undefined && !allDay) return undefined;
  const day = current.kind === 'all-day' ? current.start : current.start.toPlainDate();
  return planTimes(
    { when: typed.when || currentStart(current, allDay), for: length, until, allDay },
    // Whoever moves one of a series means a day near that one.
    { now, dayOfTime: day, ...(event.recurrenceId === '' ? {} : { countFrom: day }) },
    keptLength(current),
  );
}

/** The length that stays when only the beginning changes; a whole day that gets a time takes one hour. */
function keptLength(current: ShownTime): Length {
  if (current.kind === 'all-day') return { months: 0, days: 0, minutes: 60 };
  const { days, minutes } = lengthOf(current);
  return { months: 0, days: 0, minutes: days * 1440 + minutes };
}

function currentStart(current: ShownTime, allDay: boolean | undefined): string {
  if (current.kind === 'all-day') return current.start.toString();
  if (allDay) return current.start.toPlainDate().toString();
  return current.start.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

function moveBy(current: ShownTime, text: string): PlannedTimes {
  const match = /^\s*([+-]?)(.*)$/s.exec(text);
  const sign = match?.[1] === '-' ? -1 : 1;
  const { months, days, minutes } = parseLength(match?.[2] ?? '');
  const step = { months: sign * months, days: sign * days };
  if (current.kind === 'all-day') {
    if (minutes > 0)
      throw new UsageError(
        `--by: '${text}' is no whole number of days, and the event is all day; allowed is 1d`,
      );
    const [start, end] = [current.start.add(step), current.end.add(step)];
    return {
      shown: { kind: 'all-day', start, end },
      start: start.toString(),
      end: end.toString(),
      notes: [],
    };
  }
  const shift = (time: Temporal.ZonedDateTime): Temporal.ZonedDateTime =>
    time.add(step).add({ minutes: sign * minutes });
  const start = shift(current.start);
  // The length stays, also across a clock change.
  const lengthMs = current.end.epochMilliseconds - current.start.epochMilliseconds;
  const end = start.add({ milliseconds: lengthMs });
  const toText = (time: Temporal.ZonedDateTime): string =>
    time.toString({ timeZoneName: 'never', smallestUnit: 'second' });
  return { shown: { kind: 'timed', start, end }, start: toText(start), end: toText(end), notes: [] };
}

function readBusy({ free, busy }: TypedChange): boolean | undefined {
  if (free && busy) throw new UsageError('--free and --busy are given both; take one of them');
  if (free) return false;
  return busy ? true : undefined;
}
