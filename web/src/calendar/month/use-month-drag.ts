import { useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from 'react';
import { useItemLookup } from '../item-lookup.ts';
import type { Item } from '../item.ts';

/** Days since 1970, both inclusive. */
export interface DaySelection {
  readonly first: number;
  readonly last: number;
}

interface MonthDragOptions {
  readonly grid: RefObject<HTMLElement | null>;
  readonly onMove: (item: Item, days: number) => void;
  readonly onSelect: (first: number, last: number) => void;
}

type Drag = { readonly from: number; to: number; readonly key: string | undefined; hasMoved: boolean };

/** A pointer that moves less does not drag. */
const THRESHOLD_PX = 4;

/**
 * Drags events to other days, and selects days for a new event. Fingers scroll and tap instead: a tap on a day is a
 * click, and selects it.
 */
export function useMonthDrag({ grid, onMove, onSelect }: MonthDragOptions) {
  const lookUp = useItemLookup();
  const drag = useRef<Drag & { readonly x: number; readonly y: number }>(undefined);
  const suppressClick = useRef(false);
  const [preview, setPreview] = useState<{ readonly key: string; readonly days: number }>();
  const [selection, setSelection] = useState<DaySelection>();

  const end = (): void => {
    drag.current = undefined;
    setPreview(undefined);
    setSelection(undefined);
  };
  const handlers = {
    onPointerDown(event: PointerEvent): void {
      suppressClick.current = false;
      const target = event.target as HTMLElement;
      if (event.button !== 0 || event.pointerType === 'touch' || target.closest('.month-more')) return;
      const day = dayAt(event);
      if (day === undefined) return;
      const key = target.closest<HTMLElement>('[data-item]')?.dataset['item'];
      drag.current = { from: day, to: day, key, hasMoved: false, x: event.clientX, y: event.clientY };
    },
    onPointerMove(event: PointerEvent): void {
      const current = drag.current;
      if (!current) return;
      const distance = Math.hypot(event.clientX - current.x, event.clientY - current.y);
      if (!current.hasMoved && distance < THRESHOLD_PX) return;
      if (!current.hasMoved) grid.current?.setPointerCapture(event.pointerId);
      current.hasMoved = true;
      current.to = dayAt(event) ?? current.to;
      const { from, to, key } = current;
      if (key === undefined) setSelection({ first: Math.min(from, to), last: Math.max(from, to) });
      else setPreview({ key, days: to - from });
    },
    onPointerUp(): void {
      const current = drag.current;
      end();
      if (current?.hasMoved !== true) return;
      suppressClick.current = true;
      const { from, to, key } = current;
      if (key === undefined) onSelect(Math.min(from, to), Math.max(from, to));
      else if (to !== from) {
        const item = lookUp(key);
        if (item) onMove(item, to - from);
      }
    },
    onPointerCancel: end,
    /** A drag ends in a click, which means nothing then. */
    onClickCapture(event: MouseEvent): void {
      if (!suppressClick.current) return;
      suppressClick.current = false;
      event.stopPropagation();
      event.preventDefault();
    },
    onClick(event: MouseEvent): void {
      const day = dayAt(event);
      if (day !== undefined) onSelect(day, day);
    },
  };
  return { preview, selection, handlers };
}

/** The day under the pointer. A bar over several days lies above cells that are not its own. */
function dayAt({
  clientX,
  clientY,
}: {
  readonly clientX: number;
  readonly clientY: number;
}): number | undefined {
  const cell = document
    .elementsFromPoint(clientX, clientY)
    .find((element) => element instanceof HTMLElement && element.dataset['day'] !== undefined);
  return cell ? Number((cell as HTMLElement).dataset['day']) : undefined;
}
