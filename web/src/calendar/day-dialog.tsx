import { useMemo } from 'react';
import { useText } from '../i18n/text.ts';
import { useFormat } from '../settings/use-format.ts';
import { fromEpochDay, makeDayRange } from '../time/day-range.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { useActions } from './actions.ts';
import { AgendaLine } from './agenda/agenda-line.tsx';
import type { Item } from './item.ts';
import { placeItems } from './layout/layout-week.ts';
import { spanOfDays } from './month/new-span.ts';

interface DayDialogProps {
  /** In days since 1970. */
  readonly day: number;
  readonly items: readonly Item[];
  readonly onClose: () => void;
}

/** Everything of one day, where the month has no room for it. */
export function DayDialog({ day, items, onClose }: DayDialogProps) {
  const text = useText();
  const format = useFormat();
  const actions = useActions();
  const date = fromEpochDay(day);
  const onDay = useMemo(
    () => placeItems(items, makeDayRange(fromEpochDay(day), 1, format.zone)).map(({ item }) => item),
    [items, day, format.zone],
  );
  return (
    <Dialog title={format.date(date, 'full')} onClose={onClose} className="day-dialog">
      <ul className="agenda-list">
        {onDay.map((item) => (
          <AgendaLine key={item.key} item={item} />
        ))}
      </ul>
      {onDay.length === 0 && <p className="hint">{text.dayEmpty}</p>}
      <footer className="form-foot">
        <span className="grow" />
        <button
          type="button"
          className="button primary"
          onClick={() => actions.createAt(spanOfDays(day, day, format.zone))}
        >
          <Icon name="plus" /> {text.newEvent}
        </button>
      </footer>
    </Dialog>
  );
}
