-- What came of checks: every result, and counts of hours and days for boards. How the tables go together, and why there
-- are counts, is told in docs/check-tables.md.

CREATE TABLE monitor.check_subject (
  id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  target_id text COLLATE "C" NOT NULL,
  domain    text COLLATE "C" NOT NULL,
  CONSTRAINT check_subject_domain UNIQUE (domain, target_id)
);

COMMENT ON TABLE monitor.check_subject IS 'A target under the domain that it had, once, so that a result names it with four bytes. Rows never change.';

CREATE SEQUENCE monitor.check_result_id AS bigint MAXVALUE 9007199254740991;

COMMENT ON SEQUENCE monitor.check_result_id IS 'Ends at 2^53 - 1: ids are exact doubles.';

CREATE TABLE monitor.check_result (
  id          bigint NOT NULL,
  at_ms       bigint NOT NULL,
  duration_ms double precision NOT NULL,
  subject_id  integer NOT NULL,
  status      "char" NOT NULL CHECK (status IN ('p', 'w', 'f', 'u')),
  reason      text,
  PRIMARY KEY (subject_id, at_ms)
) PARTITION BY RANGE (at_ms);

COMMENT ON TABLE monitor.check_result IS 'One check each. Columns stand in the order that leaves no holes between them: there are many rows.';
COMMENT ON COLUMN monitor.check_result.status IS 'p: pass, w: warn, f: fail, u: unknown.';

CREATE TABLE monitor.check_hour (
  start_ms        bigint NOT NULL,
  duration_sum_ms double precision NOT NULL,
  duration_max_ms double precision NOT NULL,
  subject_id      integer NOT NULL,
  passed          integer NOT NULL,
  warned          integer NOT NULL,
  failed          integer NOT NULL,
  unknown         integer NOT NULL,
  PRIMARY KEY (start_ms, subject_id)
) PARTITION BY RANGE (start_ms);

COMMENT ON TABLE monitor.check_hour IS 'How many results an hour has, by status, and how long they took (unknown ones left out). Written with the results.';

CREATE TABLE monitor.check_day (LIKE monitor.check_hour, PRIMARY KEY (start_ms, subject_id)) WITH (fillfactor = 70);

COMMENT ON TABLE monitor.check_day IS 'The same by days of UTC. Not partitioned: a row for a day and subject.';

CREATE FUNCTION monitor.ensure_check_partition(at_ms bigint) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  -- The weeks of monitor.block: those before 2020 are in partitions of 52.
  lower_ms bigint := monitor.block_partition_start(at_ms);
  upper_ms bigint := lower_ms + CASE WHEN lower_ms >= 2600 * 604800000::bigint THEN 604800000 ELSE 52 * 604800000::bigint END;
  suffix text := '_from_' || replace(lower_ms::text, '-', 'minus_');
  parent text;
BEGIN
  IF to_regclass(format('monitor.%I', 'check_hour' || suffix)) IS NOT NULL THEN RETURN; END IF;
  -- Two may need it at once; the later one finds it made. check_hour comes last: where it is, the other is.
  PERFORM pg_advisory_xact_lock(hashtext('monitor.check_result'));
  IF to_regclass(format('monitor.%I', 'check_hour' || suffix)) IS NOT NULL THEN RETURN; END IF;
  FOREACH parent IN ARRAY ARRAY['check_result', 'check_hour'] LOOP
    -- Made apart and then attached, which lets readers of the other partitions go on. Counts of the running hour change with
    -- each result, so that room for that is left on their pages.
    EXECUTE format('CREATE TABLE monitor.%I (LIKE monitor.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)%s',
      parent || suffix, parent, CASE parent WHEN 'check_hour' THEN ' WITH (fillfactor = 70)' ELSE '' END);
    EXECUTE format('ALTER TABLE monitor.%I ATTACH PARTITION monitor.%I FOR VALUES FROM (%s) TO (%s)',
      parent, parent || suffix, lower_ms, upper_ms);
  END LOOP;
END
$$;

COMMENT ON FUNCTION monitor.ensure_check_partition IS 'Makes the partitions for results of that time, where they are missing.';

CREATE FUNCTION monitor.drop_check_partitions(cutoff_ms bigint) RETURNS SETOF text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  partition record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('monitor.check_result'));
  FOR partition IN
    SELECT c.relname, substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''?(-?\d+)''?\)')::bigint AS upper_ms
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent IN ('monitor.check_result'::regclass, 'monitor.check_hour'::regclass)
     ORDER BY 2, 1
  LOOP
    CONTINUE WHEN partition.upper_ms > cutoff_ms;
    EXECUTE format('DROP TABLE monitor.%I', partition.relname);
    RETURN NEXT partition.relname;
  END LOOP;
END
$$;

COMMENT ON FUNCTION monitor.drop_check_partitions IS 'Drops the partitions whose every result is older, and says which.';

REVOKE ALL ON FUNCTION monitor.ensure_check_partition, monitor.drop_check_partitions FROM PUBLIC;
