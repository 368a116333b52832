import { useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { useFormat } from '../../settings/use-format.ts';
import { toInstantMs, type DayRange } from '../../time/day-range.ts';
import type { Span } from '../../time/span.ts';
import { useActions } from '../actions.ts';

interface KeyboardCursorProps {
  readonly range: DayRange;
  readonly date: Temporal.PlainDate;
  /** Says what Enter does at a time. */
  readonly label: (time: string) => string;
}

const STEP_MINUTES = 30;
const LAST_MINUTES = 1440 - STEP_MINUTES;

/** What the keyboard has instead of dragging: a time that the arrows move, and Enter makes an event at. */
export function KeyboardCursor({ range, date, label }: KeyboardCursorProps) {
  const format = useFormat();
  const actions = useActions();
  const button = useRef<HTMLButtonElement>(null);
  const looked = Math.max(
    0,
    range.dates.findIndex((day) => day.equals(date)),
  );
  const [at, setAt] = useState({ day: looked, minutes: 540, length: 60 });
  const day = Math.min(at.day, range.dates.length - 1);
  const startMs = toInstantMs(range.dates[day] ?? date, at.minutes, range.zone);
  const span: Span = { kind: 'timed', startMs, endMs: startMs + at.length * 60_000 };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowUp: -STEP_MINUTES, ArrowDown: STEP_MINUTES }[event.key];
    const days = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined && event.shiftKey) {
      setAt({ ...at, length: Math.max(STEP_MINUTES, at.length + step) });
    } else if (step !== undefined) {
      setAt({ ...at, minutes: Math.min(LAST_MINUTES, Math.max(0, at.minutes + step)) });
    } else if (days !== undefined) {
      const next = day + days;
      if (next < 0 || next >= range.dates.length) actions.goTo(range.firstDay + next);
      setAt({ ...at, day: (next + range.dates.length) % range.dates.length });
    } else return;
    event.preventDefault();
    requestAnimationFrame(() => button.current?.scrollIntoView({ block: 'nearest' }));
  };
  return (
    <button
      ref={button}
      type="button"
      className="keyboard-cursor"
      style={{ '--day': day, '--start': at.minutes, '--length': at.length } as CSSProperties}
      aria-label={label(format.fullSpan(span))}
      onClick={() => actions.createAt(span)}
      onKeyDown={onKeyDown}
    >
      {format.span(span)}
    </button>
  );
}
