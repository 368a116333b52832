import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/text.ts';
import type { Notification } from '../../api/generated.ts';
import { showToast } from '../../ui/toasts.tsx';
import { findNewlySent } from './sort-reminders.ts';
import { useNotifications } from './use-notifications.ts';
import { useStartWords } from './use-start-words.ts';

/** Shows a notice when a reminder is sent while the page is looked at. It stays until somebody closes it. */
export function ReminderNotices(): null {
  const notifications = useNotifications();
  const text = useText();
  const startOf = useStartWords();
  const seen = useRef<readonly Notification[]>(undefined);
  useEffect(() => {
    if (!notifications) return;
    const before = seen.current;
    seen.current = notifications;
    // What was sent before the page was opened is in the list.
    if (!before) return;
    for (const notification of findNewlySent(before, notifications)) {
      showToast({
        text: text.reminded(notification.title, startOf(notification)),
        icon: 'bell',
        stays: true,
      });
    }
  }, [notifications, text, startOf]);
  return null;
}
