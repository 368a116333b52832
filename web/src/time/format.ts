import type { Temporal } from 'temporal-polyfill';
import { fromEpochDay } from './day-range.ts';
import { inZone, type Span } from './span.ts';

export interface FormatOptions {
  readonly locale: string;
  readonly zone: string;
  readonly isTwelveHours: boolean;
}

/** Spells dates and times the way of one locale, in one zone. */
export interface Format extends FormatOptions {
  readonly time: (ms: number) => string;
  /** What a clock on the wall shows so many minutes after midnight; where the minutes are known, much quicker. */
  readonly clock: (minutes: number) => string;
  /** `9:00 – 10:30`; with the days where there are several. */
  readonly span: (span: Span) => string;
  /** The same with the day in any case. */
  readonly fullSpan: (span: Span) => string;
  /** The same with the year, where it is not said by what stands around. */
  readonly yearSpan: (span: Span) => string;
  readonly date: (date: Temporal.PlainDate, style: DateStyle) => string;
  /** `23 – 29 Nov 2026`. */
  readonly dateRange: (first: Temporal.PlainDate, last: Temporal.PlainDate) => string;
  /** The hour of the day, as beside a time grid. */
  readonly hour: (hour: number) => string;
}

const DATE_STYLES = {
  month: { month: 'long', year: 'numeric' },
  monthShort: { month: 'short', year: 'numeric' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  long: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  dayMonth: { day: 'numeric', month: 'short' },
  dayOfWeek: { weekday: 'short', day: 'numeric', month: 'short' },
  weekday: { weekday: 'short' },
  weekdayLong: { weekday: 'long' },
  weekdayNarrow: { weekday: 'narrow' },
  day: { day: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type DateStyle = keyof typeof DATE_STYLES;

/** The format of these options; there is one for all that is drawn, since making one takes milliseconds. */
export function findFormat(options: FormatOptions): Format {
  const key = JSON.stringify([options.locale, options.zone, options.isTwelveHours]);
  const known = formats.get(key);
  if (known) return known;
  const format = createFormat(options);
  formats.set(key, format);
  return format;
}

/** A person has one zone, or two. */
const formats = new Map<string, Format>();

function createFormat(options: FormatOptions): Format {
  const { locale, zone, isTwelveHours } = options;
  const hour12 = isTwelveHours;
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour12,
    hour: 'numeric',
    minute: '2-digit',
  });
  const hour = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    hour12,
    hour: 'numeric',
    ...(hour12 ? {} : { minute: '2-digit' }),
  });
  const wall = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    hour12,
    hour: 'numeric',
    minute: '2-digit',
  });
  const clocks = new Map<number, string>();
  const clock = (minutes: number): string => {
    const shown = Math.floor(minutes) % (24 * 60);
    let spelled = clocks.get(shown);
    if (spelled === undefined) {
      spelled = wall.format(shown * 60_000);
      clocks.set(shown, spelled);
    }
    return spelled;
  };
  const fullSpan = spellSpans(options, {});
  // Made when it is needed: the first view does without.
  let yearSpan: ((span: Span) => string) | undefined;
  const range = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const dates = new Map<DateStyle, Intl.DateTimeFormat>();
  const formatDate = (date: Temporal.PlainDate, style: DateStyle): string => {
    let format = dates.get(style);
    if (!format) {
      format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...DATE_STYLES[style] });
      dates.set(style, format);
    }
    return format.format(utcMs(date));
  };
  return {
    ...options,
    time: (ms) => time.format(ms),
    clock,
    span: (span) =>
      span.kind === 'timed' && isOneDay(span.startMs, span.endMs, zone)
        ? time.formatRange(span.startMs, span.endMs)
        : fullSpan(span),
    fullSpan,
    yearSpan: (span) => (yearSpan ??= spellSpans(options, { year: 'numeric' }))(span),
    date: formatDate,
    dateRange: (first, last) => range.formatRange(utcMs(first), utcMs(last)),
    hour: (value) => hour.format(value * 3_600_000),
  };
}

/** Spells days and times, each only as far as needed. */
function spellSpans(
  { locale, zone, isTwelveHours: hour12 }: FormatOptions,
  more: Intl.DateTimeFormatOptions,
): (span: Span) => string {
  const day = { weekday: 'short', day: 'numeric', month: 'short', ...more } as const;
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...day });
  const dated = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour12,
    ...day,
    hour: 'numeric',
    minute: '2-digit',
  });
  return (span) => {
    if (span.kind === 'timed') return dated.formatRange(span.startMs, span.endMs);
    const [first, last] = [fromEpochDay(span.startDay), fromEpochDay(span.endDay - 1)];
    return days.formatRange(utcMs(first), utcMs(last));
  };
}

/** Midnight at the end still belongs to the day. */
function isOneDay(startMs: number, endMs: number, zone: string): boolean {
  if (endMs - startMs >= 90_000_000) return false;
  const last = inZone(Math.max(startMs, endMs - 1), zone).toPlainDate();
  return inZone(startMs, zone).toPlainDate().equals(last);
}

function utcMs(date: Temporal.PlainDate): number {
  return Date.UTC(date.year, date.month - 1, date.day);
}
