import { timestampMs, type Timestamp } from '@bufbuild/protobuf/wkt';
import { CalendarService, NotificationStatus, type Notification } from '@daywatch/protocol/calendar';
import { Option, type Command } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { nameStatus, STATUS_NAMES, toStatus, type StatusName } from '../api/reminder-status.ts';
import { toNotificationView } from '../api/views.ts';
import { findEvent } from '../event/find-event.ts';
import { isFullId, toFullId } from '../event/short-id.ts';
import type { Session } from '../session.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { cutToWidth, padToWidth, widthOf } from '../text/width.ts';
import { formatDay, formatTime } from '../time/format-time.ts';
import type { WithSession } from './with-session.ts';

interface RemindersOptions {
  readonly status?: StatusName;
}

const EXAMPLES = `
Examples:
  calendar_client reminders                    since a week ago, and what is to come
  calendar_client reminders dentist            all reminders of one event
  calendar_client reminders --status failed    those that could not be delivered, and why

Of a deleted event the whole id finds them. A reminder is pending until it is due, then published and
sending, and in the end sent, expired (all was over by then), failed or cancelled.`;

/** How far back reminders are listed where no event is named. */
const LOOK_BACK = { hours: 7 * 24 };

export function registerReminders(program: Command, withSession: WithSession): void {
  program
    .command('reminders')
    .summary('show what became of reminders')
    .description('Lists reminders and what became of each, by the time when they are due.')
    .argument('[event...]', 'the id, some of its first or last digits, or words of the title')
    .addOption(new Option('--status <status>', 'only those of this status').choices(STATUS_NAMES))
    .addHelpText('after', EXAMPLES)
    .action((event: readonly string[], options: RemindersOptions, command: Command) =>
      withSession(command, (session) => showReminders(session, event.join(' '), options)),
    );
}

async function showReminders(session: Session, event: string, { status }: RemindersOptions): Promise<void> {
  const eventId = event === '' ? '' : await findId(session, event);
  const from = eventId === '' ? session.now.toInstant().subtract(LOOK_BACK).round('second').toString() : '';
  const { notifications, nextPageToken } = await session.api.call(CalendarService.method.listNotifications, {
    eventId,
    from,
    status: status === undefined ? NotificationStatus.UNSPECIFIED : toStatus(status),
  });
  if (session.settings.json) {
    const view = { notifications: notifications.map(toNotificationView), next_page_token: nextPageToken };
    session.printJson(view);
    return;
  }
  session.print(...drawReminders(session, notifications));
  if (notifications.length === 0) session.note('There are no such reminders.');
  if (nextPageToken !== '') session.note(`Only the first ${notifications.length} are shown.`);
}

/** A deleted event is found by its whole id alone, and not looked up. */
async function findId(session: Session, name: string): Promise<string> {
  return isFullId(name) ? toFullId(name) : (await findEvent(session, name, { byTitle: true })).id;
}

function drawReminders(session: Session, notifications: readonly Notification[]): readonly string[] {
  const { settings, style, width } = session;
  const rows = notifications.map((notification) => ({
    notification,
    due: describeInstant(notification.dueAt, settings.zone),
    status: `${nameStatus(notification.status)}${notification.late ? ' late' : ''}`,
  }));
  const dueWidth = Math.max(...rows.map(({ due }) => widthOf(due)));
  const statusWidth = Math.max(...rows.map(({ status }) => widthOf(status)));
  return rows.map(({ notification, due, status }) => {
    const head = `${padToWidth(due, dueWidth)}  ${padToWidth(status, statusWidth)}  `;
    const error = notification.error === '' ? '' : `  ${sanitizeLine(notification.error)}`;
    const text = `${sanitizeLine(notification.title)}${error}`;
    return `${style.accent(head)}${cutToWidth(text, width - widthOf(head), style.signs.ellipsis)}`;
  });
}

function describeInstant(timestamp: Timestamp | undefined, zone: string): string {
  if (!timestamp) return '';
  const time = Temporal.Instant.fromEpochMilliseconds(timestampMs(timestamp)).toZonedDateTimeISO(zone);
  return `${formatDay(time.toPlainDate())} ${formatTime(time)}`;
}
