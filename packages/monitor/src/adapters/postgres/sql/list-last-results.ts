import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ResultRow } from './list-recent-results.ts';

/**
 * $1 how many, $2 whether unknown ones count; oldest first. No index has all results by their time, which would cost
 * each of them a third of its size. So the last few of each target give a time after which there are enough, and then
 * only what is later is read.
 */
export const listLastResults: SqlStatement<ResultRow> = {
  name: 'checks.list-last-results',
  text: `
    WITH near AS MATERIALIZED (
      SELECT r.at_ms
        FROM monitor.check_subject s
       CROSS JOIN LATERAL (
         SELECT c.at_ms FROM monitor.check_result c
          WHERE c.subject_id = s.id AND ($2::boolean OR c.status <> 'u')
          ORDER BY c.at_ms DESC
          LIMIT (SELECT 2 * $1::bigint / greatest(count(*), 1) + 1 FROM monitor.check_subject)
       ) r
    ), bound AS MATERIALIZED (
      SELECT coalesce((SELECT at_ms FROM near ORDER BY at_ms DESC OFFSET $1::bigint - 1 LIMIT 1), -9000000000000000) AS at_ms
    ), latest AS (
      SELECT r.*, s.target_id, s.domain
        FROM monitor.check_subject s
       CROSS JOIN LATERAL (
         SELECT c.id, c.at_ms, c.duration_ms, c.status, c.reason
           FROM monitor.check_result c
          WHERE c.subject_id = s.id AND c.at_ms >= (SELECT at_ms FROM bound) AND ($2::boolean OR c.status <> 'u')
          ORDER BY c.at_ms DESC LIMIT $1::bigint
       ) r
       ORDER BY r.at_ms DESC, r.id DESC LIMIT $1::bigint
    )
    SELECT id, at_ms, duration_ms, status, reason, target_id, domain FROM latest ORDER BY at_ms, id`,
};
