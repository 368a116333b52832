import type { DueReminder, ReminderQueue } from '../../reminder/reminder-queue.ts';
import { contentOf } from './keep-reminders.ts';
import type { MemoryState } from './memory-state.ts';
import type { BookedReminder } from './reminder-book.ts';

type Pending = BookedReminder & { attendAt: NonNullable<BookedReminder['attendAt']> };

export function createReminderQueue(state: MemoryState): ReminderQueue {
  const pending = (): Pending[] =>
    [...state.reminders.all()].filter((one): one is Pending => one.attendAt !== undefined);

  return {
    async claimDue({ id, now, leaseUntil }, limit, signal) {
      signal?.throwIfAborted();
      const claimed = pending()
        .filter(({ attendAt }) => attendAt <= now)
        .sort((a, b) => a.attendAt - b.attendAt)
        .slice(0, limit);
      const due = claimed
        .flatMap((reminder) => {
          const due = toDueReminder(state, reminder);
          Object.assign(reminder, {
            status: 'pending',
            attendAt: leaseUntil,
            claimedBy: id,
            sending: undefined,
          });
          if (due) return [due];
          Object.assign(reminder, {
            status: 'failed',
            attendAt: undefined,
            error: 'its occurrence is not there',
          });
          return [];
        })
        .sort((a, b) => a.dueAt - b.dueAt);
      return { due, unreadable: claimed.length - due.length };
    },

    async recordScheduled(outcomes, { id }, signal) {
      signal?.throwIfAborted();
      for (const outcome of outcomes) {
        const reminder = state.reminders.get(outcome.key);
        if (reminder?.status !== 'pending' || reminder.claimedBy !== id) continue;
        reminder.status = outcome.kind === 'released' ? 'pending' : outcome.kind;
        reminder.attendAt = outcome.kind === 'released' ? outcome.until : undefined;
        if (outcome.kind === 'failed') reminder.error = outcome.error;
      }
    },

    async nextDueAt(signal) {
      signal?.throwIfAborted();
      let next: Pending['attendAt'] | undefined;
      for (const { attendAt } of pending()) if (next === undefined || attendAt < next) next = attendAt;
      return next;
    },
  };
}

function toDueReminder(state: MemoryState, reminder: Pending): DueReminder | undefined {
  const { key, start, dueAt, attendAt } = reminder;
  const content = contentOf(state, reminder);
  const row =
    content &&
    state
      .eventsOf(content.user)
      .get(key.eventId)
      ?.occurrences.find(({ recurrenceId }) => recurrenceId === key.recurrenceId);
  if (!row) return undefined;
  reminder.content = content;
  return { key, ...content, start, dueAt, end: row.end, waitingSince: attendAt };
}
