import type { CSSProperties } from 'react';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useActions } from '../actions.ts';
import { useHue } from '../hues.ts';
import type { Item } from '../item.ts';

interface AgendaLineProps {
  readonly item: Item;
  /** Says the day too, where the lines of several days stand together. */
  readonly showsDay?: boolean;
}

/** One event as a line of a list: when, what, where. */
export function AgendaLine({ item, showsDay = false }: AgendaLineProps) {
  const text = useText();
  const format = useFormat();
  const actions = useActions();
  const hue = useHue(item.calendarId);
  const { span } = item;
  const when = showsDay
    ? format.yearSpan(span)
    : span.kind === 'all-day'
      ? text.allDay
      : span.endMs - span.startMs < 86_400_000
        ? format.span(span)
        : format.fullSpan(span);
  return (
    <li>
      <button
        type="button"
        className="agenda-line"
        data-free={!item.isBusy || undefined}
        style={{ '--hue': hue } as CSSProperties}
        onClick={() => actions.openItem(item)}
        onKeyDown={(event) => {
          if (event.key === 'Delete') actions.deleteItem(item);
        }}
      >
        <span className="agenda-when">{when}</span>
        <span className="agenda-title">
          {item.title}
          {item.isRecurring && <Icon name="repeat" />}
        </span>
        {item.location !== '' && (
          <span className="agenda-place">
            <Icon name="place" />
            {item.location}
          </span>
        )}
      </button>
    </li>
  );
}
