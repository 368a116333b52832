/**
 * An event as a client writes it, in the API's own names and textual forms. Absent fields are left as
 * they are (or take their default, on create); null clears. Read-only fields that a client sends back
 * are ignored, but `etag`, which an update honours.
 */
export interface EventInput {
  readonly id?: string | null | undefined;
  readonly calendar_id?: string | null | undefined;
  readonly uid?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly start?: string | null | undefined;
  readonly end?: string | null | undefined;
  readonly duration?: string | null | undefined;
  readonly all_day?: boolean | null | undefined;
  readonly time_zone?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly location?: string | null | undefined;
  readonly notify_before?: readonly string[] | null | undefined;
  readonly recurrence?: RecurrenceInput | null | undefined;
  readonly busy?: boolean | null | undefined;
  readonly etag?: string | null | undefined;
}

/** A recurrence as a client writes it. */
export interface RecurrenceInput {
  readonly rrule?: string | null | undefined;
  readonly exdates?: readonly string[] | null | undefined;
  readonly rdates?: readonly string[] | null | undefined;
}
