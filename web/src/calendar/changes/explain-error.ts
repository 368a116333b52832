import { ApiError, AwayError } from '../../api/api-error.ts';
import type { Catalogue } from '../../i18n/en.ts';

/** Somebody else, or another window, changed the event since it was drawn here. */
export class ChangedElsewhere extends Error {
  override readonly name = 'ChangedElsewhere';
}

/** Why something did not work, for people. What the server says of its own rules is said best by the server. */
export function explainError(error: unknown, text: Catalogue): string {
  if (error instanceof AwayError) return text.serverAway;
  if (error instanceof ChangedElsewhere) return text.changedElsewhere;
  if (!(error instanceof ApiError)) return text.unexpected;
  switch (error.code) {
    case 'date_busy':
      return text.timeIsTaken;
    case 'stale_event':
      return text.changedElsewhere;
    case 'event_not_found':
    case 'occurrence_not_found':
      return text.eventIsGone;
    case 'unauthenticated':
      return text.signedOut;
    default:
      return error.message;
  }
}
