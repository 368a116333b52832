import { type CSSProperties, type KeyboardEvent } from 'react';
import { moveSpan, resizeSpan } from '../../time/span.ts';
import { useActions } from '../actions.ts';
import { EventChip } from '../event/event-chip.tsx';
import type { Item } from '../item.ts';
import type { Block } from './layout-day.ts';
import { SNAP_MINUTES, SNAP_MS } from './use-time-drag.ts';

interface DayColumnProps {
  readonly label: string;
  readonly isToday: boolean;
  readonly blocks: readonly Block[];
  /** Where the line of the present is, in today's column. */
  readonly nowMinutes: number | undefined;
  readonly zone: string;
}

const STEPS: Readonly<Record<string, { readonly days?: number; readonly minutes?: number }>> = {
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
  ArrowUp: { minutes: -SNAP_MINUTES },
  ArrowDown: { minutes: SNAP_MINUTES },
};

/** One day. Alt and an arrow moves an event, with Shift it is made longer or shorter. */
export function DayColumn({ label, isToday, blocks, nowMinutes, zone }: DayColumnProps) {
  const actions = useActions();
  const onKeyMove = (event: KeyboardEvent, item: Item): void => {
    const step = STEPS[event.key];
    if (!step || !event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { span } = item;
    if (!event.shiftKey) actions.moveItem(item, moveSpan(span, step, zone));
    else if (span.kind === 'timed' && step.minutes !== undefined) {
      actions.moveItem(item, resizeSpan(span, span.endMs + step.minutes * 60_000, SNAP_MS));
    }
  };
  return (
    <div className="time-day" role="group" aria-label={label} data-today={isToday || undefined}>
      {blocks.map((block) => (
        <div
          key={block.item.key}
          className="time-block"
          data-item={block.item.key}
          data-short={block.end - block.start < 45 || undefined}
          style={
            {
              '--start': block.start,
              '--length': block.end - block.start,
              '--column': block.column,
              '--width': block.width,
              '--columns': block.columns,
            } as CSSProperties
          }
        >
          <EventChip
            item={block.item}
            className="time-chip"
            showsSpan
            isContinued={block.isContinued}
            goesOn={block.goesOn}
            onKeyMove={onKeyMove}
          />
          {!block.goesOn && <span className="resize-handle" />}
        </div>
      ))}
      {nowMinutes !== undefined && (
        <div className="now-line" style={{ '--start': nowMinutes } as CSSProperties} />
      )}
    </div>
  );
}
