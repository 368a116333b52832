import type { Notification } from '@daywatch/delivery';
import type { CalendarId } from '../calendar/calendar.ts';
import type { EventId } from '../event/event.ts';
import { formatDuration, parseDuration } from '../time/duration.ts';
import { formatZoned } from '../time/format-time.ts';
import { formatUtc, toInstant, type Instant } from '../time/instant.ts';
import { toLocalMs } from '../time/local-time.ts';
import { utcMsToDate } from '../time/plain-date.ts';
import { isUuid } from '../uuid.ts';
import { reminderIdOf } from './reminder-id.ts';
import type { ReminderContent, ReminderKey } from './reminder.ts';

/** The message of a reminder, in the queue and to its receivers. docs/notification.schema.json describes it. */
export interface ReminderMessage extends Notification {
  readonly version: 1;
  readonly kind: 'reminder';
  readonly calendar_id: string;
  readonly event_id: string;
  readonly recurrence_id: string;
  readonly title: string;
  /** RFC 3339 with the zone's offset, or a date. */
  readonly occurrence_start: string;
  readonly time_zone: string;
  readonly notify_before: string;
  readonly schedule_version: number;
  readonly due_at: string;
}

/** What a message says, or why it cannot be read. */
export type ParsedReminderMessage =
  | {
      readonly kind: 'reminder';
      readonly key: ReminderKey;
      readonly dueAt: Instant;
      readonly message: ReminderMessage;
    }
  | { readonly kind: 'poison'; readonly reason: string };

export function toReminderMessage(key: ReminderKey, content: ReminderContent): ReminderMessage {
  return {
    version: 1,
    kind: 'reminder',
    id: reminderIdOf(key),
    user: content.user,
    title: content.title,
    occurrence_start: formatOccurrenceStart(content),
    time_zone: content.timeZone,
    due_at: formatDue(content.dueAt),
    calendar_id: key.calendarId,
    event_id: key.eventId,
    recurrence_id: formatReminderRecurrenceId(key, content),
    notify_before: key.before,
    schedule_version: key.version,
  };
}

/** Reads a message, which may be anything: who published it is not known. */
export function parseReminderMessage(body: Uint8Array): ParsedReminderMessage {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return poison('it is not JSON in UTF-8');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return poison('it is no JSON object');
  const fields = value as Record<string, unknown>;
  if (fields['version'] !== 1) return poison(`its version is ${show(fields['version'])}; allowed is 1`);
  if (fields['kind'] !== 'reminder')
    return poison(`its kind is ${show(fields['kind'])}; allowed is 'reminder'`);
  const wrong = findWrongField(fields);
  if (wrong) return poison(wrong);
  const message = fields as unknown as ReminderMessage;
  const key: ReminderKey = {
    calendarId: message.calendar_id as CalendarId,
    eventId: message.event_id as EventId,
    recurrenceId: toInstant(Date.parse(message.recurrence_id)),
    before: message.notify_before,
    version: message.schedule_version,
  };
  if (message.id !== reminderIdOf(key))
    return poison(`its id '${message.id}' is not that of the reminder it names`);
  return { kind: 'reminder', key, dueAt: toInstant(Date.parse(message.due_at)), message };
}

/** When the occurrence starts, as the API spells it. */
export function formatOccurrenceStart({ start, isAllDay, timeZone }: ReminderContent): string {
  return isAllDay ? utcMsToDate(toLocalMs(timeZone, start)) : formatZoned(timeZone, start);
}

/** The occurrence's name, as the API spells it. */
export function formatReminderRecurrenceId(
  { recurrenceId }: ReminderKey,
  { isAllDay }: Pick<ReminderContent, 'isAllDay'>,
): string {
  return isAllDay ? utcMsToDate(recurrenceId) : formatUtc(recurrenceId);
}

/** RFC 3339; with a fraction where a reminder was due at once when its event was written. */
export function formatDue(dueAt: Instant): string {
  return new Date(dueAt).toISOString().replace('.000Z', 'Z');
}

const TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isId = (value: unknown): boolean => typeof value === 'string' && isUuid(value);
const isTime = (value: unknown): boolean =>
  typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value));

/** Nearly all messages have one of a few; whoever publishes others does not fill the memory. */
const knownDurations = new Set<string>();
const MAX_KNOWN = 1_000;

/** What is not canonical names no reminder, and might be what the store cannot take. */
function isDuration(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (knownDurations.has(value)) return true;
  try {
    if (formatDuration(parseDuration(value)) !== value) return false;
  } catch {
    return false;
  }
  if (knownDurations.size < MAX_KNOWN) knownDurations.add(value);
  return true;
}

const MAX_VERSION = 2_147_483_647;

function isVersion(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MAX_VERSION;
}

type Check = readonly [isAllowed: (value: unknown) => boolean, allowed: string];

const FIELDS = Object.entries<Check>({
  id: [isId, 'a UUID'],
  user: [isText, 'a text'],
  title: [isText, 'a text'],
  occurrence_start: [isTime, 'a time or a date'],
  time_zone: [isText, 'a text'],
  due_at: [isTime, 'a time'],
  calendar_id: [isId, 'a UUID'],
  event_id: [isId, 'a UUID'],
  recurrence_id: [isTime, 'a time or a date'],
  notify_before: [isDuration, 'a canonical duration'],
  schedule_version: [isVersion, `a whole number from 0 to ${MAX_VERSION}`],
});

function findWrongField(fields: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, [isAllowed, allowed]] of FIELDS) {
    if (!isAllowed(fields[name])) return `its ${name} is ${show(fields[name])}; allowed is ${allowed}`;
  }
  return undefined;
}

function poison(reason: string): ParsedReminderMessage {
  return { kind: 'poison', reason };
}

function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 60);
}
