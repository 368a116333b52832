import type { Queries } from '@daywatch/service-kit/postgres';
import type { ReminderRevival } from '../../reminder/revival.ts';
import { keyParameters } from './reminder-parameters.ts';
import { reviveReminders } from './sql/revive-reminders.ts';

export function createPostgresRevival(db: Queries): ReminderRevival {
  return {
    async revive(keys, signal) {
      return (await db.query(reviveReminders, keyParameters(keys), signal)).length;
    },
  };
}
