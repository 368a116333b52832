import { createSeries, expand, parseRule } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { at } from './fixtures.ts';

/** An occurrence as the model has it: its wall-clock name, when it is, and what it is called. */
export interface ModelOccurrence {
  readonly local: string;
  readonly original: number;
  readonly start: number;
  readonly end: number;
  readonly title: string;
}

interface Changes {
  readonly start?: number;
  readonly end?: number;
  readonly title?: string;
}

/** An event as the model has it: the list of its occurrences, by the wall-clock times of their original starts. */
export interface ModelEvent {
  readonly id: string;
  readonly title: string;
  readonly busy: boolean;
  readonly zone: string;
  /** Undefined for an event that does not repeat. */
  readonly rule: string | undefined;
  readonly isEndless: boolean;
  readonly dtstart: string;
  readonly lengthMs: number;
  readonly locals: readonly string[];
  readonly changes: ReadonlyMap<string, Changes>;
}

export interface ModelInput {
  readonly title: string;
  readonly start: string;
  readonly duration: string;
  readonly time_zone: string;
  readonly busy: boolean;
  readonly recurrence?: { readonly rrule: string };
}

/** Up to here the model writes out every occurrence. */
const MODEL_END = '2034-03-01T00:00:00Z';
/** Two endless series are compared up to two years from the present. */
const HORIZON_MS = 731 * 86_400_000;

/**
 * The naive calendar: every occurrence is written out, and everything is found by looking at all of them. It has
 * no rows, no horizon, and no rule once an event is created.
 */
export class ModelCalendar {
  events: readonly ModelEvent[] = [];

  create(id: string, input: ModelInput): void {
    const { title, busy, time_zone: zone, recurrence } = input;
    const start = at(input.start);
    const rule = recurrence?.rrule;
    const dtstart = localOf(start, zone);
    const event: ModelEvent = {
      id,
      title,
      busy,
      zone,
      rule,
      isEndless: rule !== undefined && !/COUNT|UNTIL/.test(rule),
      dtstart,
      lengthMs: Number(/\d+/.exec(input.duration)?.[0]) * 3_600_000,
      locals: rule === undefined ? [dtstart] : localsOf(dtstart, zone, rule),
      changes: new Map(),
    };
    this.events = [...this.events, event];
  }

  pick(index: number): ModelEvent | undefined {
    return this.events[index % Math.max(1, this.events.length)];
  }

  /** What of one occurrence is changed; the time of an event that does not repeat is its own. */
  override(event: ModelEvent, { local, original }: ModelOccurrence, changed: Changes): void {
    if (event.rule === undefined) {
      const start = changed.start ?? original;
      const dtstart = localOf(start, event.zone);
      const lengthMs = (changed.end ?? original + event.lengthMs) - start;
      const title = changed.title ?? event.title;
      return this.#replace(event, { dtstart, lengthMs, title, locals: [dtstart] });
    }
    const { title, start, end } = { ...event.changes.get(local), ...changed };
    const isMoved = start !== undefined && (start !== original || end !== original + event.lengthMs);
    const next: Changes = {
      ...(title !== undefined && title !== event.title && { title }),
      ...(isMoved && { start, end: end as number }),
    };
    this.#replace(event, { changes: withChange(event, local, next) });
  }

  clear(event: ModelEvent, { local }: ModelOccurrence): void {
    this.#replace(event, { changes: withChange(event, local, {}) });
  }

  leaveOut(event: ModelEvent, { local }: ModelOccurrence): void {
    const locals = event.locals.filter((one) => one !== local);
    this.#replace(event, { locals, changes: withChange(event, local, {}) });
  }

  end(event: ModelEvent, { local }: ModelOccurrence): void {
    this.#replace(event, headOf(event, local));
  }

  split(event: ModelEvent, { local }: ModelOccurrence, tailId: string, title: string): void {
    const { title: own, ...rest } = event.changes.get(local) ?? {};
    if (title === event.title && own === undefined) return;
    const at = event.locals.indexOf(local);
    const later = event.locals.slice(at);
    const changes = new Map([...withChange(event, local, rest)].filter(([one]) => later.includes(one)));
    if (at === 0) return this.#replace(event, { title, changes, dtstart: local });
    this.#replace(event, headOf(event, local));
    this.events = [...this.events, { ...event, id: tailId, title, changes, locals: later, dtstart: local }];
  }

  /** Moves the whole series as DTSTART moves, on the wall clock; times of their own move by days. */
  shift(event: ModelEvent, start: number): void {
    const dtstart = localOf(start, event.zone);
    const shift = Temporal.PlainDateTime.from(event.dtstart).until(dtstart, { largestUnit: 'hours' });
    const days = Temporal.PlainDate.from(event.dtstart.slice(0, 10)).until(dtstart.slice(0, 10));
    const move = (local: string): string => Temporal.PlainDateTime.from(local).add(shift).toString();
    const changes = [...event.changes].map(([local, { start, end, ...rest }]) => {
      if (start === undefined || end === undefined) return [move(local), rest] as const;
      const moved = instantOf(
        Temporal.PlainDateTime.from(localOf(start, event.zone)).add(days).toString(),
        event.zone,
      );
      return [move(local), { ...rest, start: moved, end: moved + end - start }] as const;
    });
    this.#replace(event, { dtstart, locals: event.locals.map(move), changes: new Map(changes) });
  }

  occurrenceOf(
    event: ModelEvent,
    index: number,
    [from, to]: readonly [string, string],
  ): ModelOccurrence | undefined {
    const seen = occurrencesOf(event).filter(({ start, end }) => end > at(from) && start < at(to));
    return seen[index % Math.max(1, seen.length)];
  }

  /** What is seen: by start, then event id, then original start. */
  list([from, to]: readonly [string, string]): readonly string[] {
    return this.events
      .flatMap((event) => occurrencesOf(event).map((occurrence) => ({ ...occurrence, id: event.id })))
      .filter(({ start, end }) => end > at(from) && start < at(to))
      .sort((a, b) => a.start - b.start || compare(a.id, b.id) || a.original - b.original)
      .map(({ id, original, start, end, title }) => [id, original, start, end, title].join(' '));
  }

  /** Busy occurrences that overlap, by their starts; of two endless series only where the present horizon is past them. */
  clashes(now: number): { readonly certain: ReadonlySet<string>; readonly possible: ReadonlySet<string> } {
    const busy = this.events
      .filter((event) => event.busy)
      .flatMap((event) =>
        occurrencesOf(event).map((one) => ({
          ...one,
          isOpen: event.isEndless && event.changes.get(one.local)?.start === undefined,
          id: event.id,
        })),
      )
      .sort((a, b) => a.start - b.start);
    const certain = new Set<string>();
    const possible = new Set<string>();
    for (const [i, one] of busy.entries()) {
      for (let j = i + 1; j < busy.length && busy[j]!.start < one.end; j++) {
        const other = busy[j]!;
        const name = `${one.start}-${one.end} ${other.start}-${other.end}`;
        const isFar = one.isOpen && other.isOpen && one.id !== other.id && other.start >= now + HORIZON_MS;
        possible.add(name);
        if (!isFar) certain.add(name);
      }
    }
    return { certain, possible };
  }

  #replace(event: ModelEvent, changes: Partial<ModelEvent>): void {
    this.events = this.events
      .map((one) => (one.id === event.id ? { ...one, ...changes } : one))
      .filter(({ locals }) => locals.length > 0);
  }
}

function headOf(event: ModelEvent, local: string): Partial<ModelEvent> {
  const locals = event.locals.slice(0, event.locals.indexOf(local));
  const changes = new Map([...event.changes].filter(([one]) => locals.includes(one)));
  return { locals, changes, isEndless: false };
}

function withChange(event: ModelEvent, local: string, changed: Changes): ReadonlyMap<string, Changes> {
  const changes = new Map(event.changes);
  if (Object.keys(changed).length > 0) changes.set(local, changed);
  else changes.delete(local);
  return changes;
}

function occurrencesOf(event: ModelEvent): readonly ModelOccurrence[] {
  return event.locals.map((local) => {
    const original = instantOf(local, event.zone);
    const changed = event.changes.get(local);
    return {
      local,
      original,
      start: changed?.start ?? original,
      end: changed?.end ?? original + event.lengthMs,
      title: changed?.title ?? event.title,
    };
  });
}

/** What the rule makes on the wall clock, found in UTC, where no time is removed or doubled. */
function localsOf(dtstart: string, zone: string, rule: string): readonly string[] {
  const series = createSeries({
    dtstart: Temporal.PlainDateTime.from(dtstart),
    timeZone: 'UTC',
    rule: parseRule(rule.replace(/;UNTIL=.*/, '')),
  });
  const until = /UNTIL=(\d{4})(\d\d)(\d\d)T/.exec(rule);
  const last = until ? at(`${until.slice(1).join('-')}T00:00:00Z`) : Infinity;
  const to = Temporal.Instant.from(MODEL_END);
  return [...expand(series, { to }, 10_000_000)]
    .map(({ startMs }) => new Date(startMs).toISOString().slice(0, 19))
    .filter((local, i) => i === 0 || instantOf(local, zone) <= last);
}

const instants = new Map<string, number>();

function instantOf(local: string, zone: string): number {
  const key = `${zone} ${local}`;
  const known =
    instants.get(key) ?? Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
  instants.set(key, known);
  return known;
}

export function localOf(instant: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: 'second' });
}

/** Whether clocks in the zone show the time of the instant once: only then do names and instants go together. */
export function isPlain(instant: number, zone: string): boolean {
  return instantOf(localOf(instant, zone), zone) === instant;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
