import type { Calendar, Event } from '@daywatch/protocol/calendar';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { describeRepeat } from '../repeat/describe-repeat.ts';
import { readSeries } from '../repeat/series-of.ts';
import type { Session } from '../session.ts';
import { sanitizeLine, sanitizeLines } from '../text/sanitize.ts';
import { padToWidth } from '../text/width.ts';
import { formatDay, formatTime } from '../time/format-time.ts';
import { presentIn } from '../settings.ts';
import { describeReminder } from './plan-reminders.ts';
import { shortenId } from './short-id.ts';
import { describeOtherZone, describeTime, toShownTime } from './shown-time.ts';

/** One line about an event: when, what, its short id, and how it repeats. */
export function describeInLine(session: Session, event: Event): string {
  const { style, settings } = session;
  const when = describeTime(toShownTime(event, settings.zone), style.signs);
  const series = readSeries(event, event.recurrence);
  const repeats = series ? `  ${style.dim(describeRepeat(series, settings.zone))}` : '';
  return `${when}  ${style.bold(sanitizeLine(event.title))}  ${style.dim(shortenId(event.id))}${repeats}`;
}

const LABEL_WIDTH = 11;

/** What is told of an event under one label; of several lines the label stands at the first. */
export type Fact = readonly [label: string, values: string | readonly string[]];

/** All about an event, for people. */
export function describeInFull(
  session: Session,
  event: Event,
  calendar: Calendar | undefined,
  repetition: readonly Fact[] = [],
): readonly string[] {
  const { style, settings } = session;
  const { zone } = settings;
  const when = describeTime(toShownTime(event, zone), style.signs);
  const isBusy = event.busy ?? !event.allDay;
  const facts: readonly Fact[] = [
    [event.recurrence ? 'First' : 'When', when],
    ['Zone', describeOtherZone(event, zone) ? `${zone}; it is ${describeOtherZone(event, zone)}` : zone],
    ...repetition,
    ['Where', event.location],
    ['Calendar', calendar?.name ?? event.calendarId],
    ['Busy', isBusy ? 'yes, it takes its time' : 'no, other events may overlap it'],
    ['Reminders', event.notifyBefore.map(describeReminder).join(', ')],
    ['Id', event.id],
    ['Changed', event.updatedAt ? describeInstant(timestampDate(event.updatedAt).getTime(), zone) : ''],
  ];
  const lines = facts.flatMap(([label, values]) =>
    [values]
      .flat()
      .filter((value) => value !== '')
      .map(
        (value, i) => `  ${style.dim(padToWidth(i === 0 ? label : '', LABEL_WIDTH))}${sanitizeLine(value)}`,
      ),
  );
  const description =
    event.description === '' ? [] : ['', ...sanitizeLines(event.description).map((line) => `  ${line}`)];
  return [style.bold(sanitizeLine(event.title)), ...lines, ...description];
}

function describeInstant(ms: number, zone: string): string {
  const time = presentIn(zone, ms).round({ smallestUnit: 'minute', roundingMode: 'floor' });
  return `${formatDay(time.toPlainDate())}, ${formatTime(time)}`;
}
