import type { ReminderKey } from '../reminder/reminder.ts';
import type { SendDecision } from '../reminder/sending.ts';
import type { Instant } from '../time/instant.ts';

/** Decides on each key once: of one that is there twice, the second waits for what becomes of the first. */
export async function decideOnce(
  keys: readonly ReminderKey[],
  leaseUntil: Instant,
  decide: (unique: readonly ReminderKey[]) => Promise<readonly SendDecision[]>,
): Promise<readonly SendDecision[]> {
  const places = new Map<string, number>();
  const unique = keys.filter((key) => {
    const name = reminderName(key);
    if (places.has(name)) return false;
    places.set(name, places.size);
    return true;
  });
  const decisions = await decide(unique);
  const isTaken = new Set<string>();
  return keys.map((key) => {
    const name = reminderName(key);
    const decision = decisions[places.get(name) ?? -1] ?? { kind: 'unknown' };
    if (decision.kind === 'send' && isTaken.has(name)) return { kind: 'wait', until: leaseUntil };
    isTaken.add(name);
    return decision;
  });
}

/** Names a reminder among all. */
export function reminderName(key: ReminderKey): string {
  return `${key.calendarId} ${key.eventId} ${key.recurrenceId} ${key.before} ${key.version}`;
}
