import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { SERIES_JSON, type SeriesColumns, type SeriesJson } from '../series-json.ts';

export interface EndlessRow extends SeriesColumns {
  readonly series: SeriesJson;
}

/** The busy endless series of a calendar whose rows end before an instant, but for the given events. */
export const listEndless: SqlStatement<EndlessRow> = {
  name: 'calendar.list_endless',
  text: `
    SELECT e.calendar_id, e.event_id, e.starts_at, e.ends_at, e.busy, e.title, e.location, e.time_zone,
           e.all_day, e.starts_local, e.ends_local, ${SERIES_JSON} AS series
    FROM calendar.events e
    WHERE e.calendar_id = $1 AND e.materialised_until < $2 AND e.busy AND e.event_id <> ALL ($3::uuid[])
    ORDER BY e.event_id`,
};

/** How many endless series a calendar has, but for the given events. */
export const countEndless: SqlStatement<{ readonly count: number }> = {
  name: 'calendar.count_endless',
  text: `
    SELECT count(*) AS count FROM calendar.events
    WHERE calendar_id = $1 AND materialised_until IS NOT NULL AND event_id <> ALL ($2::uuid[])`,
};
