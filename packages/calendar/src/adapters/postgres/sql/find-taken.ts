import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { busyMeeting } from './find-conflicts.ts';

/** Busy occurrences of a calendar that meet any of the spans (arrays of starts and ends), by start. */
export const findTaken: SqlStatement<{ readonly starts_at: number; readonly ends_at: number }> = {
  name: 'calendar.find_taken',
  text: `
    SELECT o.starts_at, o.ends_at
    FROM ${busyMeeting('$2', '$3')} o
    ORDER BY o.starts_at`,
};
