/** How far a change of an occurrence goes: the occurrence alone, or it and all that follow. */
export const OCCURRENCE_SCOPES = ['this', 'following'] as const;
export type OccurrenceScope = (typeof OCCURRENCE_SCOPES)[number];

/** Names one occurrence, in the forms of the API. */
export interface OccurrenceName {
  readonly event_id: string;
  /** The original start: RFC 3339 with any offset, or a date for all-day events. */
  readonly recurrence_id: string;
}

/** What a change of an occurrence is about. */
export interface OccurrenceTarget extends OccurrenceName {
  readonly scope: OccurrenceScope;
}
