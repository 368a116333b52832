import type { UserId } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';

/** Where and how a user is reminded. */
export interface Settings {
  readonly user: UserId;
  /** Null where the user has named no place. */
  readonly webhookUrl: string | null;
  /** What requests to it are signed with: `whsec_` and a key in base64. Null until a URL was set for the first time. */
  readonly webhookSecret: string | null;
  readonly updatedAt: Instant;
}

/** Keeps the settings of users. */
export interface SettingsStore {
  /** Undefined where the user has never changed them. */
  get(user: UserId, signal?: AbortSignal): Promise<Settings | undefined>;
  /** Changes them in one step; `change` is pure and sees what is stored. */
  update(
    user: UserId,
    change: (current: Settings | undefined) => Settings,
    signal?: AbortSignal,
  ): Promise<Settings>;
}
