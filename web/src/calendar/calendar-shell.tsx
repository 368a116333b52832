import { Suspense, useCallback, useMemo, useState, type ReactNode } from 'react';
import { useCalendars } from '../api/use-calendars.ts';
import { useText } from '../i18n/text.ts';
import type { Span } from '../time/span.ts';
import { CalendarActionsProvider, type CalendarActions } from './actions.ts';
import { useChanges, type Wish } from './changes/use-changes.ts';
import { DayDialog } from './day-dialog.tsx';
import { ScopeDialog } from './event/scope-dialog.tsx';
import { assignHues, HuesContext } from './hues.ts';
import { ItemLookupContext } from './item-lookup.ts';
import type { Item } from './item.ts';
import { lazyPart } from '../ui/lazy-part.ts';

const loadEventDialog = () => import('./event/event-dialog.tsx');
const EventDialog = lazyPart(async () => (await loadEventDialog()).EventDialog);

/** What lies over the view. */
type Open =
  | { readonly kind: 'new'; readonly span: Span }
  | { readonly kind: 'edit'; readonly item: Item; readonly wish?: Wish }
  | { readonly kind: 'day'; readonly day: number }
  /** Asks which occurrences are meant; a span is where they are moved to, without one they are deleted. */
  | { readonly kind: 'scope'; readonly item: Item; readonly span?: Span };

interface CalendarShellProps {
  readonly items: readonly Item[];
  readonly goTo: (day: number) => void;
  readonly children: (actions: CalendarActions) => ReactNode;
}

/** Gives the views what they do with events: open, create, move, delete; and shows the dialogs of that. */
export function CalendarShell({ items, goTo, children }: CalendarShellProps) {
  const text = useText();
  const { data: calendars = [] } = useCalendars();
  const [open, setOpen] = useState<Open>();
  const close = useCallback(() => setOpen(undefined), []);
  const changes = useChanges({
    onTaken: useCallback((item: Item, wish: Wish) => setOpen({ kind: 'edit', item, wish }), []),
  });
  const actions = useMemo<CalendarActions>(
    () => ({
      openItem: (item) => setOpen({ kind: 'edit', item }),
      createAt: (span) => setOpen({ kind: 'new', span }),
      openDay: (day) => setOpen({ kind: 'day', day }),
      moveItem: (item, span) => {
        if (item.isRecurring) setOpen({ kind: 'scope', item, span });
        else changes.move(item, span, 'this');
      },
      deleteItem: (item) => {
        if (item.isRecurring) setOpen({ kind: 'scope', item });
        else changes.remove(item, 'this');
      },
      goTo,
    }),
    [changes, goTo],
  );
  const byKey = useMemo(() => new Map(items.map((item) => [item.key, item])), [items]);
  const lookUp = useCallback((key: string) => byKey.get(key), [byKey]);
  const hues = useMemo(() => assignHues(calendars.map(({ id }) => id)), [calendars]);
  const defaultCalendarId = calendars.find((calendar) => calendar.default)?.id ?? '';
  return (
    <CalendarActionsProvider value={actions}>
      <ItemLookupContext value={lookUp}>
        <HuesContext value={hues}>
          {children(actions)}
          <Suspense>
            {(open?.kind === 'new' || open?.kind === 'edit') && (
              <EventDialog
                what={open}
                defaultCalendarId={defaultCalendarId}
                onClose={close}
                onDelete={(item, scope) => {
                  close();
                  changes.remove(item, scope);
                }}
              />
            )}
          </Suspense>
          {open?.kind === 'scope' && (
            <ScopeDialog
              title={open.span ? text.moveSeries(open.item.title) : text.deleteSeries(open.item.title)}
              onClose={close}
              onChoose={(scope) => {
                close();
                if (open.span) changes.move(open.item, open.span, scope);
                else changes.remove(open.item, scope);
              }}
            />
          )}
          {open?.kind === 'day' && <DayDialog day={open.day} items={items} onClose={close} />}
        </HuesContext>
      </ItemLookupContext>
    </CalendarActionsProvider>
  );
}

// The first dialog should open at once; it is loaded when the browser has nothing else to do, or else when it is opened.
if (typeof requestIdleCallback === 'function')
  requestIdleCallback(() => void loadEventDialog().catch(() => undefined));
