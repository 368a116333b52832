import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface ResultRow {
  readonly id: number;
  readonly at_ms: number;
  readonly duration_ms: number;
  readonly status: string;
  readonly reason: string | null;
  readonly target_id: string;
  readonly domain: string;
}

/** $1 domains, $2 how many of each, $3 whether unknown ones count; by domain, oldest first. */
export const listRecentResults: SqlStatement<ResultRow> = {
  name: 'checks.list-recent-results',
  text: `
    SELECT l.id, l.at_ms, l.duration_ms, l.status, l.reason, l.target_id, w.domain
      FROM unnest($1::text[]) AS w(domain)
     CROSS JOIN LATERAL (
       SELECT r.*, s.target_id
         FROM monitor.check_subject s
        CROSS JOIN LATERAL (
          SELECT c.id, c.at_ms, c.duration_ms, c.status, c.reason
            FROM monitor.check_result c
           WHERE c.subject_id = s.id AND ($3::boolean OR c.status <> 'u')
           ORDER BY c.at_ms DESC LIMIT $2::bigint
        ) r
        WHERE s.domain = w.domain
        ORDER BY r.at_ms DESC, r.id DESC LIMIT $2::bigint
     ) l
     ORDER BY w.domain COLLATE "C", l.at_ms, l.id`,
};
