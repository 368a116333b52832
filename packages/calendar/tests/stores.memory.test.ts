import { createMemoryStores } from '../src/adapters/memory/index.ts';
import { describeCalendarStore } from './calendar-store.contract.ts';
import { describeConcurrentEventStore } from './event-store.concurrency.ts';
import { describeEventStore } from './event-store.contract.ts';
import { describeEventStoreProperties } from './event-store.properties.ts';
import type { Stores } from './stores.ts';

async function open(): Promise<Stores> {
  const { events, calendars, upkeep, listTombstones } = createMemoryStores();
  return {
    events,
    calendars,
    upkeep,
    listTombstones: async (id) => listTombstones(id),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

describeEventStore('memory', open);
describeConcurrentEventStore('memory', open);
describeEventStoreProperties('memory', open, 100);
describeCalendarStore('memory', open);
