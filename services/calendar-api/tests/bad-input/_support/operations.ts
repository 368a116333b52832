/** The methods of the contract, by the names that both APIs have for them. */
export const OPERATIONS = [
  'CreateEvent',
  'GetEvent',
  'UpdateEvent',
  'DeleteEvent',
  'GetOccurrence',
  'UpdateOccurrence',
  'DeleteOccurrence',
  'ListDay',
  'ListWeek',
  'ListMonth',
  'ListOccurrences',
  'SearchEvents',
  'QueryFreeBusy',
  'ListCalendars',
  'CreateCalendar',
  'UpdateCalendar',
  'ListNotifications',
  'GetSettings',
  'UpdateSettings',
] as const;

export type Operation = (typeof OPERATIONS)[number];
