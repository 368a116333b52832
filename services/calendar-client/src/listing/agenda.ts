import type { Temporal } from 'temporal-polyfill';
import { describeOtherZone } from '../event/shown-time.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import type { Style } from '../text/style.ts';
import { cutToWidth, padToWidth, widthOf } from '../text/width.ts';
import { formatDay, formatTime } from '../time/format-time.ts';
import type { DayEntry, DayGroup } from './group-by-day.ts';

/** How an agenda is drawn. */
export interface AgendaOptions {
  readonly style: Style;
  /** The columns that a line may take. */
  readonly width: number;
  readonly zone: string;
  readonly today: Temporal.PlainDate;
  /** How each event's id is shown. */
  readonly shortIds: ReadonlyMap<string, string>;
  /** The names of calendars where events of several are shown. */
  readonly calendarNames: ReadonlyMap<string, string>;
  /** Whether days without events are left out. */
  readonly skipsEmptyDays: boolean;
}

/** `09:00–09:45` */
const TIME_WIDTH = 11;

/** The least that is kept of a title before what follows it is left out. */
const MIN_TITLE_WIDTH = 12;

/** The lines of an agenda: a heading for each day, and below it what is on that day. */
export function drawAgenda(groups: readonly DayGroup[], options: AgendaOptions): readonly string[] {
  const lines: string[] = [];
  let wasEmpty = false;
  for (const group of groups) {
    if (options.skipsEmptyDays && group.entries.length === 0) continue;
    const isEmpty = group.entries.length === 0;
    // Days without events stay close together, so that the others stand out.
    if (lines.length > 0 && !(isEmpty && wasEmpty)) lines.push('');
    wasEmpty = isEmpty;
    lines.push(drawHeading(group, options));
    for (const entry of group.entries) lines.push(drawEntry(entry, options));
  }
  return lines;
}

function drawHeading({ date, entries }: DayGroup, { style, today }: AgendaOptions): string {
  const heading = formatDay(date);
  const name = new Map([
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ]).get(today.until(date).days);
  const note = [name, entries.length === 0 ? 'nothing' : undefined]
    .filter((part) => part !== undefined)
    .join(', ');
  const paint = entries.length === 0 ? style.dim : style.bold;
  return paint(heading) + (note === '' ? '' : style.dim(`  ${note}`));
}

function drawEntry(entry: DayEntry, options: AgendaOptions): string {
  const { style, width, shortIds } = options;
  const { occurrence } = entry;
  const id = shortIds.get(occurrence.eventId) ?? '';
  const head = `  ${padToWidth(timeLabel(entry, style), TIME_WIDTH)}  `;
  const room = width - widthOf(head) - widthOf(id) - 2;
  const text = fitTitle(sanitizeLine(occurrence.title), detailsOf(entry, options), room, style);
  return `${style.accent(head)}${style.dim(id)}  ${text}`;
}

/** The title and as much of the details as there is room for; the most telling detail comes first. */
function fitTitle(title: string, details: readonly string[], room: number, style: Style): string {
  const { ellipsis, dot } = style.signs;
  const separator = ` ${dot} `;
  let tail = '';
  for (const detail of details) {
    const kept = Math.min(widthOf(title), MIN_TITLE_WIDTH);
    const left = room - kept - widthOf(tail) - widthOf(separator);
    const cut = cutToWidth(detail, left, ellipsis);
    if (cut === '' || (cut !== detail && left < MIN_TITLE_WIDTH)) break;
    tail += separator + cut;
    if (cut !== detail) break;
  }
  return cutToWidth(title, room - widthOf(tail), ellipsis) + style.dim(tail);
}

function detailsOf({ occurrence, time, day, days }: DayEntry, options: AgendaOptions): readonly string[] {
  const isFree = !occurrence.busy && time.kind === 'timed';
  const isBusyAllDay = occurrence.busy && time.kind === 'all-day';
  const { repeat } = options.style.signs;
  const details = [
    // One that was changed apart is marked more plainly than the many that were not.
    occurrence.recurring ? (occurrence.overridden ? `${repeat} changed` : repeat) : undefined,
    days > 1 ? `day ${day} of ${days}` : undefined,
    describeOtherZone(occurrence, options.zone),
    isFree ? 'free' : undefined,
    isBusyAllDay ? 'busy' : undefined,
    occurrence.location === '' ? undefined : occurrence.location,
    options.calendarNames.get(occurrence.calendarId),
  ];
  return details.filter((detail) => detail !== undefined).map(sanitizeLine);
}

/** When it is on that day; what goes on from or until another day has an open end. */
function timeLabel({ time, day, days }: DayEntry, { signs }: Style): string {
  if (time.kind === 'all-day' || (day > 1 && day < days)) return 'all day';
  const start = minutesOnly(time.start);
  const endsAtMidnight = time.end.hour === 0 && time.end.minute === 0;
  const end = endsAtMidnight ? '24:00' : minutesOnly(time.end);
  if (day === 1 && days > 1) return `${start}${signs.dash}${signs.ellipsis}`;
  if (day > 1) return `${signs.ellipsis}${signs.dash}${end}`;
  return `${start}${signs.dash}${end}`;
}

function minutesOnly(time: Temporal.ZonedDateTime): string {
  return formatTime(time.round({ smallestUnit: 'minute', roundingMode: 'floor' }));
}
