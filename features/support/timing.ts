import type { EventInput } from './calendar/calendar-client.ts';
import { parseSpan } from './span.ts';

/** When something is, in the words of scenarios. */
export const TIMINGS = [
  /on \d{4}-\d{2}-\d{2} from \d{2}:\d{2} to \d{2}:\d{2}/,
  /on \d{4}-\d{2}-\d{2} at \d{2}:\d{2} for \d+ (?:minute|hour|day)s?/,
  /from \d{4}-\d{2}-\d{2} at \d{2}:\d{2} to \d{4}-\d{2}-\d{2} at \d{2}:\d{2}/,
  /for the whole of \d{4}-\d{2}-\d{2}/,
] as const;

/** The fields of an event that say when it is; times are local, for the calendar's zone. */
export function parseTiming(text: string): EventInput {
  const [first = '', last = first] = text.match(/\d{4}-\d{2}-\d{2}/g) ?? [];
  const [from, to] = text.match(/\d{2}:\d{2}/g) ?? [];
  if (from === undefined) return { start: first, end: nextDay(first), all_day: true };
  const start = `${first}T${from}:00`;
  if (to !== undefined) return { start, end: `${last}T${to}:00` };
  return { start, duration: parseSpan(text.split(' for ').at(-1) ?? '') };
}

function nextDay(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}
