import { Temporal } from 'temporal-polyfill';
import { inZone } from '../../../time/span.ts';
import type { Edited, Scope } from '../../changes/edited.ts';
import type { SaidRule } from './follow-start.ts';
import type { RepeatStart } from './repeat.ts';
import { storedRule } from './rule-in-scope.ts';

/** An occurrence that is being changed. */
export interface ShownOccurrence {
  readonly edited: Edited;
  readonly scope: Scope;
  /** On which it is to be. */
  readonly day: string;
}

/** What a part of a series is made of, by the clock on the wall. */
export interface SeriesPart {
  readonly dtstart: Temporal.PlainDateTime;
  readonly exdates: readonly Temporal.PlainDateTime[];
  readonly rdates: readonly Temporal.PlainDateTime[];
  /** Where the occurrence that is shown is by the rule. */
  readonly first: Temporal.PlainDateTime;
}

/**
 * What the change of an occurrence means, as it is to be: with all that it does not say moved as far as the start, as
 * the API does it. Undefined for what is no series yet.
 */
export function partOf({ edited, scope }: ShownOccurrence, rule: SaidRule): SeriesPart | undefined {
  const { item, series } = edited;
  if (!series) return undefined;
  const read = (text: string): Temporal.PlainDateTime =>
    text.includes('T')
      ? inZone(Date.parse(text), series.time_zone).toPlainDateTime()
      : Temporal.PlainDateTime.from(text);
  const original = read(item.recurrenceId);
  const start = scope === 'all' ? read(series.start) : original;
  const shift = wallOf(storedRule(edited, scope).start).until(wallOf(rule.start));
  const { exdates = [], rdates = [] } = series.recurrence ?? {};
  const isLater = (wall: Temporal.PlainDateTime): boolean => Temporal.PlainDateTime.compare(wall, start) > 0;
  const move = (wall: Temporal.PlainDateTime): Temporal.PlainDateTime => wall.add(shift);
  return {
    dtstart: move(start),
    exdates: exdates.map(read).map(move),
    rdates: rdates.map(read).filter(isLater).map(move),
    first: move(original),
  };
}

export function wallOf({ isAllDay, startDate, startTime }: RepeatStart): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(isAllDay ? startDate : `${startDate}T${startTime}`);
}
