import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { overlapping, type CalendarScope } from './overlapping.ts';

/** What is busy in a period, merged and cut to it, in one calendar of the owner or in all of them. */
export const listBusy: Record<
  CalendarScope,
  SqlStatement<{ readonly starts_at: number; readonly ends_at: number }>
> = {
  one: { name: 'calendar.list_busy', text: merged('one') },
  all: { name: 'calendar.list_busy_of_owner', text: merged('all') },
};

function merged(scope: CalendarScope): string {
  return `
    SELECT lower(busy) AS starts_at, upper(busy) AS ends_at
    FROM (
      SELECT unnest(range_agg(tstzrange(o.starts_at, o.ends_at)) * tstzmultirange(tstzrange($3, $4))) AS busy
      FROM ${overlapping(scope, { condition: 'o.busy', order: 'OFFSET 0' })}
    ) merged
    ORDER BY 1`;
}
