import type { Queries } from '@daywatch/service-kit/postgres';
import type { Event } from '../../event/event.ts';
import { spanOf } from '../../occurrence/occurrence.ts';
import type { OccurrenceOverride, PlannedOccurrence } from '../../occurrence/override.ts';
import { toInstant } from '../../time/instant.ts';
import { toChanges } from './override-json.ts';
import { listRowsOfEvent, type EventOccurrenceRow } from './sql/list-rows-of-event.ts';

/** A row of an event, and whether it is kept although it clashes. */
export interface StoredOccurrenceRow extends PlannedOccurrence {
  readonly exempt: boolean;
}

/** The rows of a stored event. A plain one-off event has one that its columns tell. */
export async function readRows(queries: Queries, event: Event): Promise<readonly StoredOccurrenceRow[]> {
  if (event.recurrence === null && !event.hasConflicts) {
    return [{ ...spanOf(event.schedule, event.timeZone), busy: event.busy, exempt: false }];
  }
  const rows = await queries.query(listRowsOfEvent, [event.calendarId, event.id]);
  return rows.map((row) => toStoredRow(row, event.schedule.kind === 'all-day'));
}

export function overridesOf(rows: readonly PlannedOccurrence[]): readonly OccurrenceOverride[] {
  return rows.flatMap(({ recurrenceId, changes }) => (changes ? [{ recurrenceId, changes }] : []));
}

function toStoredRow(row: EventOccurrenceRow, isAllDay: boolean): StoredOccurrenceRow {
  const span = {
    recurrenceId: toInstant(row.recurrence_id),
    start: toInstant(row.starts_at),
    end: toInstant(row.ends_at),
  };
  const { busy, exempt, override } = row;
  return { ...span, busy, exempt, ...(override && { changes: toChanges(override, isAllDay, span) }) };
}
