import { HttpError } from '@daywatch/service-kit/listen';
import { isCalendarError, type CalendarError, type CalendarErrorCode } from '../../errors.ts';

/** Which HTTP status each error of the calendar is. */
const STATUS = {
  invalid_request: 400,
  invalid_event: 400,
  invalid_calendar: 400,
  event_not_found: 404,
  occurrence_not_found: 404,
  calendar_not_found: 404,
  date_busy: 409,
  event_exists: 409,
  calendar_exists: 409,
  stale_event: 412,
} as const satisfies Record<CalendarErrorCode, number>;

/** The answer to a request that ended with an error of the calendar; undefined for any other error. */
export function mapCalendarError(error: unknown): HttpError | undefined {
  if (!isCalendarError(error)) return undefined;
  return new HttpError(STATUS[error.code], error.code, error.message, { details: detailsOf(error) });
}

/** What is in the way, or what is wrong with which field. */
function detailsOf(error: CalendarError): readonly object[] {
  switch (error.code) {
    case 'date_busy':
      return error.conflicts.map(({ eventId, recurrenceId, start, end }) => ({
        event_id: eventId,
        recurrence_id: recurrenceId,
        start,
        end,
      }));
    case 'invalid_request':
    case 'invalid_event':
    case 'invalid_calendar':
      return error.violations;
    case 'event_not_found':
    case 'occurrence_not_found':
    case 'calendar_not_found':
    case 'event_exists':
    case 'calendar_exists':
    case 'stale_event':
      return [];
    default:
      return error satisfies never;
  }
}
