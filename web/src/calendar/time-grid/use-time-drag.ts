import { useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from 'react';
import { readWallMinutes, findDay, toInstantMs, type DayRange } from '../../time/day-range.ts';
import { moveSpan, resizeSpan, type Span } from '../../time/span.ts';
import { useItemLookup } from '../item-lookup.ts';
import type { Item } from '../item.ts';

export const SNAP_MINUTES = 15;
export const SNAP_MS = SNAP_MINUTES * 60_000;
const DAY_MINUTES = 1440;
const CLICK_MINUTES = 60;
const THRESHOLD_PX = 4;

interface TimeDragOptions {
  /** The element that the days lie in, side by side and 24 hours high. */
  readonly days: RefObject<HTMLElement | null>;
  readonly range: DayRange;
  readonly onMove: (item: Item, span: Span) => void;
  readonly onCreate: (span: Span) => void;
}

interface Point {
  readonly day: number;
  readonly minutes: number;
}

interface Drag {
  readonly kind: 'create' | 'move' | 'resize';
  readonly item: Item | undefined;
  readonly from: Point;
  readonly x: number;
  readonly y: number;
  span: Span | undefined;
}

/** Creates, moves and resizes by dragging over the hours; times snap to quarters of an hour. */
export function useTimeDrag({ days, range, onMove, onCreate }: TimeDragOptions) {
  const lookUp = useItemLookup();
  const drag = useRef<Drag>(undefined);
  const suppressClick = useRef(false);
  const [preview, setPreview] = useState<{ readonly key: string | undefined; readonly span: Span }>();

  const pointAt = (event: MouseEvent): Point => {
    const box = days.current?.getBoundingClientRect() ?? new DOMRect();
    const count = range.dates.length;
    const day = Math.floor(((event.clientX - box.left) / box.width) * count);
    const minutes = ((event.clientY - box.top) / box.height) * DAY_MINUTES;
    return { day: clamp(day, 0, count - 1), minutes: clamp(minutes, 0, DAY_MINUTES) };
  };
  const spanBetween = (day: number, start: number, end: number): Span => {
    const date = range.dates[day];
    if (!date) throw new Error(`the day ${day} is not one of the ${range.dates.length} that are shown`);
    const startMs = toInstantMs(date, start, range.zone);
    return { kind: 'timed', startMs, endMs: Math.max(startMs + SNAP_MS, toInstantMs(date, end, range.zone)) };
  };
  const spanOf = ({ kind, item, from }: Drag, to: Point): Span | undefined => {
    switch (kind) {
      case 'create': {
        const [start, end] = [Math.min(from.minutes, to.minutes), Math.max(from.minutes, to.minutes)];
        return spanBetween(from.day, floor(start), ceil(end));
      }
      case 'move': {
        if (item?.span.kind !== 'timed') return undefined;
        const startDay = findDay(range, item.span.startMs);
        const before = readWallMinutes(range, startDay, item.span.startMs);
        const minutes = round(before + to.minutes - from.minutes) - before;
        return moveSpan(item.span, { days: to.day - from.day, minutes }, range.zone);
      }
      case 'resize': {
        const date = range.dates[to.day];
        return (
          item && date && resizeSpan(item.span, toInstantMs(date, round(to.minutes), range.zone), SNAP_MS)
        );
      }
      default:
        return kind satisfies never;
    }
  };
  const end = (): void => {
    drag.current = undefined;
    setPreview(undefined);
  };
  const handlers = {
    onPointerDown(event: PointerEvent): void {
      suppressClick.current = false;
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const target = event.target as HTMLElement;
      const key = target.closest<HTMLElement>('[data-item]')?.dataset['item'];
      const item = key === undefined ? undefined : lookUp(key);
      const kind = item ? (target.closest('.resize-handle') ? 'resize' : 'move') : 'create';
      drag.current = {
        kind,
        item,
        from: pointAt(event),
        x: event.clientX,
        y: event.clientY,
        span: undefined,
      };
    },
    onPointerMove(event: PointerEvent): void {
      const current = drag.current;
      if (!current) return;
      const distance = Math.hypot(event.clientX - current.x, event.clientY - current.y);
      if (!current.span && distance < THRESHOLD_PX) return;
      if (!current.span) days.current?.setPointerCapture(event.pointerId);
      current.span = spanOf(current, pointAt(event));
      if (current.span) setPreview({ key: current.item?.key, span: current.span });
    },
    onPointerUp(): void {
      const current = drag.current;
      end();
      if (!current?.span) return;
      suppressClick.current = true;
      if (current.item) onMove(current.item, current.span);
      else onCreate(current.span);
    },
    onPointerCancel: end,
    onClickCapture(event: MouseEvent): void {
      if (!suppressClick.current) return;
      suppressClick.current = false;
      event.stopPropagation();
      event.preventDefault();
    },
    onClick(event: MouseEvent): void {
      if ((event.target as HTMLElement).closest('button')) return;
      const { day, minutes } = pointAt(event);
      const start = Math.floor(minutes / 30) * 30;
      onCreate(spanBetween(day, start, start + CLICK_MINUTES));
    },
  };
  return { preview, handlers };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function floor(minutes: number): number {
  return Math.floor(minutes / SNAP_MINUTES) * SNAP_MINUTES;
}

function ceil(minutes: number): number {
  return Math.ceil(minutes / SNAP_MINUTES) * SNAP_MINUTES;
}

function round(minutes: number): number {
  return Math.round(minutes / SNAP_MINUTES) * SNAP_MINUTES;
}
