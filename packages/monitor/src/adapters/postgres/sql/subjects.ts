import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface SubjectRow {
  readonly id: number;
  readonly target_id: string;
  readonly domain: string;
}

/** Arrays of equal length, without repetitions: $1 target, $2 domain. Gives those that are new alone. */
export const addSubjects: SqlStatement = {
  name: 'checks.add-subjects',
  text: `
    INSERT INTO monitor.check_subject (target_id, domain)
    SELECT w.target_id, w.domain FROM unnest($1::text[], $2::text[]) AS w(target_id, domain) ORDER BY 2, 1
    ON CONFLICT DO NOTHING`,
};

/** The same parameters. */
export const findSubjects: SqlStatement<SubjectRow> = {
  name: 'checks.find-subjects',
  text: `
    SELECT s.id, s.target_id, s.domain
      FROM unnest($1::text[], $2::text[]) AS w(target_id, domain)
      JOIN monitor.check_subject s ON s.domain = w.domain AND s.target_id = w.target_id`,
};
