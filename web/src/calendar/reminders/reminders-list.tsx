import { Link } from 'wouter';
import type { Notification } from '../../api/generated.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { inZone } from '../../time/span.ts';
import { sortReminders } from './sort-reminders.ts';
import { useNotifications } from './use-notifications.ts';
import { useMomentWords } from './use-start-words.ts';

interface RemindersListProps {
  /** At most so many that come, and so many that were. */
  readonly most: number;
}

/** What will be reminded of, and what became of the last reminders. */
export function RemindersList({ most }: RemindersListProps) {
  const text = useText();
  const notifications = useNotifications();
  if (!notifications) return <p className="hint">{text.loading}</p>;
  const { coming, settled } = sortReminders(notifications, most);
  return (
    <>
      {coming.length > 0 && <ReminderLines label={text.remindersComing} notifications={coming} />}
      {coming.length === 0 && <p className="hint">{text.noReminders}</p>}
      {settled.length > 0 && <ReminderLines label={text.remindersPast} notifications={settled} />}
    </>
  );
}

interface ReminderLinesProps {
  readonly label: string;
  readonly notifications: readonly Notification[];
}

function ReminderLines({ label, notifications }: ReminderLinesProps) {
  return (
    <ul className="reminder-lines" aria-label={label}>
      {notifications.map((notification) => (
        <ReminderLine key={notification.id} notification={notification} />
      ))}
    </ul>
  );
}

function ReminderLine({ notification }: { readonly notification: Notification }) {
  const text = useText();
  const { zone } = useFormat();
  const moment = useMomentWords();
  const { title, status, late, occurrence_start: start, due_at: due, sent_at: sent, error } = notification;
  const day = start.includes('T') ? inZone(Date.parse(start), zone).toPlainDate().toString() : start;
  return (
    <li className="reminder-line" data-status={status} data-late={late || undefined}>
      <Link href={`/day/${day}`}>{title}</Link>
      <span className="reminder-outcome">
        {moment(Date.parse(sent ?? due))}
        <span>{outcomeOf(notification, text)}</span>
      </span>
      {status === 'failed' && error !== null && <span className="reminder-error">{error}</span>}
    </li>
  );
}

function outcomeOf({ status, late }: Notification, text: Catalogue): string {
  return status === 'sent' && late ? text.reminderLate : text.reminderStatus[status];
}
