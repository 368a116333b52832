import type { DataTable } from '@cucumber/cucumber';
import type { EventInput } from './calendar/calendar-client.ts';

/** Lists are written with commas between their elements. */
const LISTS = new Set(['notify_before', 'exdates', 'rdates']);
const RECURRENCE = new Set(['rrule', 'exdates', 'rdates']);

/** Reads `| field | value |` as the fields of an event: `none` takes a value back. */
export function readFields(table: DataTable): EventInput {
  const event: Record<string, unknown> = {};
  const recurrence: Record<string, unknown> = {};
  for (const [field, text] of Object.entries(table.rowsHash())) {
    const value = readValue(field, text);
    // A rule that is taken back takes the recurrence with it.
    if (field === 'rrule' && value === null) event['recurrence'] = null;
    else if (RECURRENCE.has(field)) recurrence[field] = value;
    else event[field] = value;
  }
  return Object.keys(recurrence).length > 0 ? { ...event, recurrence } : event;
}

function readValue(field: string, text: string): unknown {
  if (text === 'none') return null;
  if (field === 'busy') return text === 'true';
  if (LISTS.has(field)) return text.split(/, */);
  return text;
}
