import type { SettingsStore } from '../../reminder/settings.ts';
import type { MemoryState } from './memory-state.ts';

export function createSettingsStore({ settings }: MemoryState): SettingsStore {
  return {
    async get(user, signal) {
      signal?.throwIfAborted();
      return settings.get(user);
    },

    async update(user, change, signal) {
      signal?.throwIfAborted();
      const changed = change(settings.get(user));
      settings.set(user, changed);
      return changed;
    },
  };
}
