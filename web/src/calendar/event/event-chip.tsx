import { useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useActions } from '../actions.ts';
import { useHue } from '../hues.ts';
import type { Item } from '../item.ts';
import { keepFocus, useFocusHeir } from './keep-focus.ts';

interface EventChipProps {
  readonly item: Item;
  readonly className?: string;
  readonly style?: Readonly<Record<`--${string}`, number | string>>;
  readonly tabIndex?: number;
  /** How the keys move it: by days and minutes. */
  readonly onKeyMove?: (event: KeyboardEvent, item: Item) => void;
  readonly showsSpan?: boolean;
  /** The day and the times, where whoever draws it knows them: working them out takes most of the time of drawing. */
  readonly when?: ChipTimes | undefined;
  readonly isContinued?: boolean;
  readonly goesOn?: boolean;
}

export interface ChipTimes {
  readonly day: string;
  readonly start: string;
  readonly end: string;
}

/** One event in a view: a button that opens it, and what a pointer takes to move it. */
export function EventChip(props: EventChipProps) {
  const { item, className = '', style, tabIndex, when, showsSpan = false } = props;
  const { isContinued = false, goesOn = false } = props;
  const text = useText();
  const format = useFormat();
  const actions = useActions();
  const hue = useHue(item.calendarId);
  const { span } = item;
  const ref = useRef<HTMLButtonElement>(null);
  useFocusHeir(ref);
  const time =
    span.kind === 'all-day' ? '' : showsSpan ? format.span(span) : (when?.start ?? format.time(span.startMs));
  const full = when ? `${when.day}, ${when.start} – ${when.end}` : format.fullSpan(span);
  const seen = [time, item.title, showsSpan ? item.location : ''].filter((part) => part !== '').join(' ');
  return (
    <button
      ref={ref}
      type="button"
      className={`chip ${className}`}
      data-item={item.key}
      data-kind={span.kind}
      data-free={!item.isBusy || undefined}
      data-continued={isContinued || undefined}
      data-goes-on={goesOn || undefined}
      style={{ '--hue': hue, ...style } as CSSProperties}
      tabIndex={tabIndex}
      // Most are never pointed at.
      onPointerEnter={(event) => {
        event.currentTarget.title = item.title;
      }}
      // What is seen comes first, then the rest; as text in the button it would be laid out for nobody to see.
      aria-label={showsSpan ? `${seen}, ${full}` : seen + text.eventDetails(full, item.location)}
      onClick={(event) => {
        event.stopPropagation();
        actions.openItem(item);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Delete' || event.key === 'Backspace') {
          event.preventDefault();
          keepFocus(event.currentTarget);
          actions.deleteItem(item);
        } else {
          keepFocus(event.currentTarget);
          props.onKeyMove?.(event, item);
        }
      }}
    >
      {time !== '' && <span className="chip-time">{time}</span>}{' '}
      <span className="chip-title">{item.title}</span>{' '}
      {showsSpan && item.location !== '' && <span className="chip-place">{item.location}</span>}
      {item.isRecurring && <Icon name="repeat" />}
    </button>
  );
}
