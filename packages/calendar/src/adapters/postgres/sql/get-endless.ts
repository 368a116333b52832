import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { SERIES_JSON } from '../series-json.ts';
import type { EndlessRow } from './list-endless.ts';

/** One series whose rows end before $3: calendar and event. */
export const getEndless: SqlStatement<EndlessRow & { readonly notify_before: readonly string[] }> = {
  name: 'calendar.get_endless',
  text: `
    SELECT e.calendar_id, e.event_id, e.starts_at, e.ends_at, e.busy, e.title, e.location, e.time_zone,
           e.all_day, e.starts_local, e.ends_local, e.notify_before, ${SERIES_JSON} AS series
    FROM calendar.events e
    WHERE e.calendar_id = $1 AND e.event_id = $2 AND e.materialised_until < $3`,
};
