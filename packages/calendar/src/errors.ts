import type { BusyConflict } from './occurrence/occurrence.ts';

/** What is wrong with one field of a request. */
export interface FieldViolation {
  /** The public name of the field, as in the API: `notify_before`. */
  readonly field: string;
  /** A sentence part that names the value and what is allowed. */
  readonly description: string;
}

/**
 * The expected outcomes of the calendar that are no success. Each has a stable `code` that programs
 * branch on; the message is for people. Adapters map `code` in one table each.
 */
export type CalendarError =
  | ErrDateBusy
  | ErrEventNotFound
  | ErrOccurrenceNotFound
  | ErrEventExists
  | ErrInvalidEvent
  | ErrStaleEvent
  | ErrCalendarNotFound
  | ErrCalendarExists
  | ErrInvalidCalendar
  | ErrInvalidRequest;

export type CalendarErrorCode = CalendarError['code'];

/** The time is taken: two busy events of one calendar may not overlap. */
export class ErrDateBusy extends Error {
  override readonly name = 'ErrDateBusy';
  readonly code = 'date_busy';
  /** What is in the way, by start; the first few of it. */
  readonly conflicts: readonly BusyConflict[];

  constructor(conflicts: readonly BusyConflict[]) {
    super(describeConflicts(conflicts));
    this.conflicts = conflicts;
  }
}

/** The user has no such event; somebody else's is none either. */
export class ErrEventNotFound extends Error {
  override readonly name = 'ErrEventNotFound';
  readonly code = 'event_not_found';

  constructor(id: string) {
    super(`there is no event '${id}'`);
  }
}

/** The event has no occurrence of that recurrence id, or no longer has it. */
export class ErrOccurrenceNotFound extends Error {
  override readonly name = 'ErrOccurrenceNotFound';
  readonly code = 'occurrence_not_found';

  constructor(eventId: string, recurrenceId: string) {
    super(`recurrence_id: the event '${eventId}' has no occurrence '${recurrenceId}'`);
  }
}

/** The id is there with other content, or the uid is taken in the calendar. */
export class ErrEventExists extends Error {
  override readonly name = 'ErrEventExists';
  readonly code = 'event_exists';
  readonly field: 'id' | 'uid';

  constructor(field: 'id' | 'uid', value: string) {
    super(
      field === 'id'
        ? `id: an event '${value}' exists already, with other content`
        : `uid: '${value}' is taken by another event of this calendar`,
    );
    this.field = field;
  }
}

/** A field of an event is wrong. */
export class ErrInvalidEvent extends Error {
  override readonly name = 'ErrInvalidEvent';
  readonly code = 'invalid_event';
  readonly violations: readonly FieldViolation[];

  constructor(violations: readonly FieldViolation[]) {
    super(describeViolations(violations));
    this.violations = violations;
  }
}

/** The event has changed since the version that the etag names. */
export class ErrStaleEvent extends Error {
  override readonly name = 'ErrStaleEvent';
  readonly code = 'stale_event';

  constructor(given: string, current: string) {
    super(
      `etag: the event has changed: '${given}' is not its current etag '${current}'; get it and try again`,
    );
  }
}

/** The user has no such calendar; somebody else's is none either. */
export class ErrCalendarNotFound extends Error {
  override readonly name = 'ErrCalendarNotFound';
  readonly code = 'calendar_not_found';

  constructor(id: string) {
    super(`there is no calendar '${id}'`);
  }
}

/** A calendar of that id is there with other content. */
export class ErrCalendarExists extends Error {
  override readonly name = 'ErrCalendarExists';
  readonly code = 'calendar_exists';

  constructor(id: string) {
    super(`id: a calendar '${id}' exists already, with other content`);
  }
}

/** A field of a calendar is wrong. */
export class ErrInvalidCalendar extends Error {
  override readonly name = 'ErrInvalidCalendar';
  readonly code = 'invalid_calendar';
  readonly violations: readonly FieldViolation[];

  constructor(violations: readonly FieldViolation[]) {
    super(describeViolations(violations));
    this.violations = violations;
  }
}

/** A parameter of a request (a date, a period, a page) is wrong. */
export class ErrInvalidRequest extends Error {
  override readonly name = 'ErrInvalidRequest';
  readonly code = 'invalid_request';
  readonly violations: readonly FieldViolation[];

  constructor(violations: readonly FieldViolation[]) {
    super(describeViolations(violations));
    this.violations = violations;
  }
}

const CALENDAR_ERRORS = [
  ErrDateBusy,
  ErrEventNotFound,
  ErrOccurrenceNotFound,
  ErrEventExists,
  ErrInvalidEvent,
  ErrStaleEvent,
  ErrCalendarNotFound,
  ErrCalendarExists,
  ErrInvalidCalendar,
  ErrInvalidRequest,
] as const;

export function isCalendarError(error: unknown): error is CalendarError {
  return CALENDAR_ERRORS.some((kind) => error instanceof kind);
}

function describeViolations(violations: readonly FieldViolation[]): string {
  return violations.map(({ field, description }) => `${field}: ${description}`).join('; ');
}

function describeConflicts(conflicts: readonly BusyConflict[]): string {
  const shown = conflicts
    .slice(0, 3)
    .map(({ start, end, eventId }) => `${start} to ${end} (event ${eventId})`);
  const more = conflicts.length > shown.length ? ' and more' : '';
  return `start: the time is taken: ${shown.join(', ') || 'by another event'}${more}; choose a free time`;
}
