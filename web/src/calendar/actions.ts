import { createContext, use } from 'react';
import type { Span } from '../time/span.ts';
import type { Item } from './item.ts';

/** What a view may ask the page to do. */
export interface CalendarActions {
  readonly openItem: (item: Item) => void;
  readonly createAt: (span: Span) => void;
  /** Moves or resizes it. */
  readonly moveItem: (item: Item, span: Span) => void;
  readonly deleteItem: (item: Item) => void;
  /** Lists everything of one day, in days since 1970. */
  readonly openDay: (day: number) => void;
  /** Looks at another date. */
  readonly goTo: (day: number) => void;
}

const Context = createContext<CalendarActions | undefined>(undefined);

export const CalendarActionsProvider = Context;

export function useActions(): CalendarActions {
  const actions = use(Context);
  if (!actions) throw new Error('a view of the calendar is drawn outside of its page');
  return actions;
}
