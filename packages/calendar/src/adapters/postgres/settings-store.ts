import { encodeTimestamp, type Postgres } from '@daywatch/service-kit/postgres';
import type { UserId } from '../../event/event.ts';
import type { Settings, SettingsStore } from '../../reminder/settings.ts';
import { toInstant } from '../../time/instant.ts';
import { getSettings, lockSettings, putSettings, type SettingsRow } from './sql/settings.ts';

/** Keeps the settings of users in PostgreSQL. */
export function createPostgresSettingsStore(db: Postgres): SettingsStore {
  return {
    async get(user, signal) {
      const [row] = await db.query(getSettings, [user], signal);
      return row && toSettings(row);
    },

    async update(user, change, signal) {
      return db.transaction(async (queries) => {
        const [, [row]] = await Promise.all([
          queries.query(lockSettings, [user]),
          queries.query(getSettings, [user]),
        ]);
        const changed = change(row && toSettings(row));
        const { webhookUrl, webhookSecret, updatedAt } = changed;
        await queries.query(putSettings, [user, webhookUrl, webhookSecret, encodeTimestamp(updatedAt)]);
        return changed;
      }, signal);
    },
  };
}

function toSettings(row: SettingsRow): Settings {
  return {
    user: row.owner as UserId,
    webhookUrl: row.webhook_url,
    webhookSecret: row.webhook_secret,
    updatedAt: toInstant(row.updated_at),
  };
}
