import { createMemoryStores } from '../src/adapters/memory/index.ts';
import { describeCalendarStore } from './calendar-store.contract.ts';
import { describeEventStore } from './event-store.contract.ts';
import type { Stores } from './stores.ts';

async function open(): Promise<Stores> {
  const { events, calendars, listTombstones } = createMemoryStores();
  return {
    events,
    calendars,
    listTombstones: async (id) => listTombstones(id),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

describeEventStore('memory', open);
describeCalendarStore('memory', open);
