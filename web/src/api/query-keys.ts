/** Under these keys the page keeps what it has asked for. */
export const CALENDARS_KEY = ['calendars'] as const;
export const OCCURRENCES_KEY = ['occurrences'] as const;
export const NOTIFICATIONS_KEY = ['notifications'] as const;
export const SEARCH_KEY = ['search'] as const;

/** What a change of an event changes. */
export const EVENT_KEYS = [OCCURRENCES_KEY, NOTIFICATIONS_KEY, SEARCH_KEY] as const;
