import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** A calendar that is locked, and until when its rows alone say what is busy: null where they always do. */
export interface LockedCalendarRow {
  readonly calendar_id: string;
  readonly plain_until: number | null;
}

export const PLAIN_UNTIL = `CASE WHEN isfinite(c.plain_until) THEN c.plain_until END AS plain_until`;

/** Locks an owner's calendar against other writers, until the transaction ends. */
export const lockCalendarToWrite: SqlStatement<LockedCalendarRow> = {
  name: 'calendar.lock_calendar_to_write',
  text: `
    SELECT c.calendar_id, ${PLAIN_UNTIL} FROM calendar.calendars c
    WHERE c.calendar_id = $1 AND c.owner = $2
    FOR NO KEY UPDATE`,
};
