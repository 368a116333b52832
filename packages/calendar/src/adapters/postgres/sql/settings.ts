import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface SettingsRow {
  readonly owner: string;
  readonly webhook_url: string | null;
  readonly webhook_secret: string | null;
  readonly updated_at: number;
}

const COLUMNS = 'owner, webhook_url, webhook_secret, updated_at';

export const getSettings: SqlStatement<SettingsRow> = {
  name: 'calendar.get_settings',
  isQuickRead: true,
  text: `SELECT ${COLUMNS} FROM calendar.settings WHERE owner = $1`,
};

/** Waits until nobody else changes the settings of the owner, who may have none yet. */
export const lockSettings: SqlStatement = {
  name: 'calendar.lock_settings',
  text: `SELECT pg_advisory_xact_lock(hashtextextended($1, 3))`,
};

export const putSettings: SqlStatement = {
  name: 'calendar.put_settings',
  text: `
    INSERT INTO calendar.settings (${COLUMNS}) VALUES ($1, $2, $3, $4)
    ON CONFLICT (owner) DO UPDATE
      SET webhook_url = excluded.webhook_url, webhook_secret = excluded.webhook_secret,
          updated_at = excluded.updated_at`,
};
