import { Temporal } from 'temporal-polyfill';
import type { Event as CalendarEvent, EventPatch } from '../../api/generated.ts';
import { bodyOf, draftOf, patchOf, type Draft } from '../event/draft.ts';

/**
 * The change of a whole series that a person made at one of its occurrences. The series moves as far as the occurrence
 * did, by the clock on the wall, and takes its length.
 */
export function seriesPatchOf(series: CalendarEvent, before: Draft, after: Draft): EventPatch {
  const patch = patchOf(before, after);
  if (!('start' in patch)) return patch;
  const first = draftOf(series);
  const shift = startOf(before).until(startOf(after));
  const start = startOf({ ...first, isAllDay: after.isAllDay }).add(shift);
  const end = start.add(startOf(after).until(endOf(after)));
  const moved = bodyOf({
    ...after,
    startDate: start.toPlainDate().toString(),
    startTime: start.toPlainTime().toString().slice(0, 5),
    endDate: end.toPlainDate().toString(),
    endTime: end.toPlainTime().toString().slice(0, 5),
  });
  return { ...patch, start: moved.start, end: moved.end };
}

function startOf({ isAllDay, startDate, startTime }: Draft): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(isAllDay ? startDate : `${startDate}T${startTime}`);
}

function endOf({ isAllDay, endDate, endTime }: Draft): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(isAllDay ? endDate : `${endDate}T${endTime}`);
}
