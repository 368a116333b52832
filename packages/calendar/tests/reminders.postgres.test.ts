import { POSTGRES_KINDS } from '../../../tests/_support/databases.ts';
import { openPostgresStores } from './postgres-stores.ts';
import { describePurge } from './purge.contract.ts';
import { describeReminders } from './reminders.contract.ts';
import { describeReminderProperties } from './reminders.properties.ts';
import { describeRetrying } from './retrying.contract.ts';
import { describeSendingProperties } from './sending.properties.ts';
import { describeSending } from './sending.contract.ts';

for (const server of POSTGRES_KINDS) {
  describeReminders(server, () => openPostgresStores(server));
  describeSending(server, () => openPostgresStores(server));
  describeRetrying(server, () => openPostgresStores(server));
  describePurge(server, () => openPostgresStores(server));
  describeReminderProperties(server, () => openPostgresStores(server), 15);
  describeSendingProperties(server, () => openPostgresStores(server), 15);
}
