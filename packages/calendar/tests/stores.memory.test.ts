import { createMemoryStores } from '../src/adapters/memory/index.ts';
import { describeCalendarStore } from './calendar-store.contract.ts';
import { describeChangeLog } from './change-log.contract.ts';
import { describeConcurrentEventStore } from './event-store.concurrency.ts';
import { describeEventStore } from './event-store.contract.ts';
import { describeEventStoreProperties } from './event-store.properties.ts';
import { describeSearch } from './search.contract.ts';
import { describeSeries } from './series.contract.ts';
import { describeHorizon } from './series-horizon.contract.ts';
import { describeSeriesEdits } from './series-edits.contract.ts';
import { describeConcurrentSeries } from './series.concurrency.ts';
import { describeSeriesProperties } from './series.properties.ts';
import { describeSeriesSplits } from './series-splits.contract.ts';
import { describePurge } from './purge.contract.ts';
import { describeReminders } from './reminders.contract.ts';
import { describeReminderProperties } from './reminders.properties.ts';
import { describeRetrying } from './retrying.contract.ts';
import { describeSending } from './sending.contract.ts';
import { describeSendingProperties } from './sending.properties.ts';
import type { Stores } from './stores.ts';

async function open(): Promise<Stores> {
  const { listTombstones, ...stores } = createMemoryStores();
  return {
    ...stores,
    listTombstones: async (id) => listTombstones(id),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

describeEventStore('memory', open);
describeConcurrentEventStore('memory', open);
describeEventStoreProperties('memory', open, 100);
describeCalendarStore('memory', open);
describeChangeLog('memory', open);
describeSearch('memory', open);
describeSeries('memory', open);
describeHorizon('memory', open);
describeSeriesEdits('memory', open);
describeSeriesSplits('memory', open);
describeConcurrentSeries('memory', open);
describeSeriesProperties('memory', open, 60);
describeReminders('memory', open);
describeRetrying('memory', open);
describeSending('memory', open);
describePurge('memory', open);
describeReminderProperties('memory', open, 100);
describeSendingProperties('memory', open, 300);
