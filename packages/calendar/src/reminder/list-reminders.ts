import type { CalendarContext } from '../context.ts';
import { ErrInvalidRequest } from '../errors.ts';
import type { EventId, UserId } from '../event/event.ts';
import { formatPageOf, parsePageOf } from './reminder-page.ts';
import { parsePageSize } from '../occurrence/page.ts';
import { MAX_INSTANT, MIN_INSTANT, toInstant } from '../time/instant.ts';
import { parseInstant } from '../time/parse-time.ts';
import { parseUuid } from '../uuid.ts';
import { Violations } from '../violations.ts';
import { REMINDER_STATUSES, type Reminder, type ReminderStatus } from './reminder.ts';

/** Which reminders are asked for; what is absent or empty is not asked about. */
export interface ListRemindersRequest {
  readonly event_id?: string | undefined;
  /** Due at or after this, RFC 3339 with an offset. */
  readonly from?: string | undefined;
  /** Due before this, RFC 3339 with an offset. */
  readonly to?: string | undefined;
  readonly status?: string | undefined;
  readonly page_size?: number | undefined;
  readonly page_token?: string | undefined;
}

export interface ReminderPage {
  readonly reminders: readonly Reminder[];
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

/**
 * Lists the user's reminders and what became of them, by due time; those of deleted events too.
 * @throws ErrInvalidRequest that names every wrong field.
 */
export async function listReminders(
  context: CalendarContext,
  user: UserId,
  request: ListRemindersRequest,
  signal?: AbortSignal,
): Promise<ReminderPage> {
  const violations = new Violations();
  const optional = <T>(
    field: keyof ListRemindersRequest,
    text: string | undefined,
    read: (text: string) => T,
  ) => (text ? violations.read(field, () => read(text)) : undefined);
  const eventId = optional('event_id', request.event_id, parseUuid) as EventId | undefined;
  const from = optional('from', request.from, parseInstant) ?? MIN_INSTANT;
  // All that is due at the last instant that is taken is due before this.
  const to = optional('to', request.to, parseInstant) ?? toInstant(MAX_INSTANT + 1000);
  const status = optional('status', request.status, parseStatus);
  if (to <= from)
    violations.add('to', `'${request.to}' is not after from '${request.from}'; allowed is a later time`);
  const query = ['reminders', user, eventId, from, to, status].join(' ');
  const pageSize = violations.read('page_size', () => parsePageSize(request.page_size)) ?? 0;
  const after = violations.read('page_token', () => parsePageOf(request.page_token, query));
  violations.throwIfAny((found) => new ErrInvalidRequest(found));
  // One more than asked for tells whether there is a next page.
  const limit = pageSize + 1;
  const found = await context.reminders.log.list(
    { owner: user, eventId, from, to, status, after, limit },
    signal,
  );
  const reminders = found.slice(0, pageSize);
  const last = reminders.at(-1);
  const nextPageToken = found.length > pageSize && last ? formatPageOf(last, query) : '';
  return { reminders, nextPageToken };
}

function parseStatus(text: string): ReminderStatus {
  const status = REMINDER_STATUSES.find((known) => known === text);
  if (status) return status;
  throw new RangeError(`'${text.slice(0, 40)}' is no status; allowed are ${REMINDER_STATUSES.join(', ')}`);
}
