import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Arrays of equal length: $1 id, $2 time of the last scrape, $3 next number. */
export const advanceSources: SqlStatement = {
  name: 'series.advance-sources',
  text: `
    UPDATE monitor.source s SET last_at_ms = w.last_at_ms, next_number = w.next_number
      FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS w(id, last_at_ms, next_number)
     WHERE s.id = w.id`,
};
