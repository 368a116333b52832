import { describe, expect, it } from 'vitest';
import type { Notification } from '../../api/generated.ts';
import { findNewlySent, sortReminders } from './sort-reminders.ts';

const made = (id: string, status: Notification['status']): Notification => ({ id, status }) as Notification;
const ids = (list: readonly Notification[]): string => list.map(({ id }) => id).join('');

describe('sortReminders', () => {
  it('should tell what is to come, the next first, from what became of the rest, the last first', () => {
    const { coming, settled } = sortReminders(
      [
        made('a', 'sent'),
        made('b', 'cancelled'),
        made('c', 'failed'),
        made('d', 'sending'),
        made('e', 'expired'),
        made('f', 'published'),
        made('g', 'pending'),
        made('h', 'pending'),
      ],
      3,
    );
    expect([ids(coming), ids(settled)]).toEqual(['dfg', 'eca']);
  });
});

describe('findNewlySent', () => {
  it('should find what was sent since, also what was not known before, and nothing twice', () => {
    const before = [made('a', 'sent'), made('b', 'pending')];
    const after = [made('a', 'sent'), made('b', 'sent'), made('c', 'sent'), made('d', 'failed')];
    expect(ids(findNewlySent(before, after))).toBe('bc');
    expect(findNewlySent(after, after)).toEqual([]);
  });
});
