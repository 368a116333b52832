import { POSTGRES_KINDS } from '../../../tests/_support/databases.ts';
import { describeCalendarStore } from './calendar-store.contract.ts';
import { describeChangeLog } from './change-log.contract.ts';
import { describeConcurrentEventStore } from './event-store.concurrency.ts';
import { describeEventStore } from './event-store.contract.ts';
import { describeEventStoreProperties } from './event-store.properties.ts';
import { openPostgresStores } from './postgres-stores.ts';
import { describeSearch } from './search.contract.ts';
import { describeSeries } from './series.contract.ts';
import { describeHorizon } from './series-horizon.contract.ts';
import { describeSeriesEdits } from './series-edits.contract.ts';
import { describeConcurrentSeries } from './series.concurrency.ts';
import { describeSeriesProperties } from './series.properties.ts';
import { describeSeriesSplits } from './series-splits.contract.ts';

for (const server of POSTGRES_KINDS) {
  describeEventStore(server, () => openPostgresStores(server));
  describeConcurrentEventStore(server, () => openPostgresStores(server));
  describeEventStoreProperties(server, () => openPostgresStores(server), 25);
  describeCalendarStore(server, () => openPostgresStores(server));
  describeChangeLog(server, () => openPostgresStores(server));
  describeSearch(server, () => openPostgresStores(server));
  describeSeries(server, () => openPostgresStores(server));
  describeHorizon(server, () => openPostgresStores(server));
  describeSeriesEdits(server, () => openPostgresStores(server));
  describeSeriesSplits(server, () => openPostgresStores(server));
  describeConcurrentSeries(server, () => openPostgresStores(server));
  describeSeriesProperties(server, () => openPostgresStores(server), 12);
}
