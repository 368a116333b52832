import { parseReminderMessage, type ReminderRevival } from '@daywatch/calendar';
import type { DeadLetters, DeadLetterSelection } from '@daywatch/delivery';

/**
 * Dead letters whose replay reaches people: a reminder that is recorded as failed is published once more, else a
 * sender would find it settled and leave it.
 */
export function withRevival(letters: DeadLetters, revival: ReminderRevival): DeadLetters {
  return {
    ...letters,
    async replay(selection: DeadLetterSelection, signal?: AbortSignal) {
      const chosen = await letters.list(selection, signal);
      const keys = chosen.flatMap(({ bodyStart }) => {
        const parsed = parseReminderMessage(bodyStart);
        return parsed.kind === 'reminder' ? [parsed.key] : [];
      });
      if (keys.length > 0) await revival.revive(keys, signal);
      return letters.replay(selection, signal);
    },
  };
}
