import { POSTGRES_KINDS } from '../../../tests/_support/databases.ts';
import { describeCalendarStore } from './calendar-store.contract.ts';
import { describeEventStore } from './event-store.contract.ts';
import { openPostgresStores } from './postgres-stores.ts';

for (const server of POSTGRES_KINDS) {
  describeEventStore(server, () => openPostgresStores(server));
  describeCalendarStore(server, () => openPostgresStores(server));
}
