-- What the processes of the monitor may do. Given again after every run of the migrations.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'daywatch_checker') THEN
    GRANT USAGE ON SCHEMA monitor TO daywatch_checker;
    GRANT SELECT ON monitor.migrations TO daywatch_checker;
    -- What names series is only ever added to.
    GRANT SELECT, INSERT ON monitor.label, monitor.series, monitor.layout, monitor.source TO daywatch_checker;
    GRANT UPDATE (last_at_ms, next_number) ON monitor.source TO daywatch_checker;
    GRANT SELECT, INSERT ON monitor.block TO daywatch_checker;
    GRANT SELECT, INSERT, DELETE ON monitor.source_layout, monitor.scrape, monitor.recent_block TO daywatch_checker;
    GRANT UPDATE (last_ms) ON monitor.source_layout TO daywatch_checker;
    GRANT USAGE ON SEQUENCE monitor.run TO daywatch_checker;
    GRANT EXECUTE ON FUNCTION monitor.ensure_block_partition, monitor.drop_block_partitions TO daywatch_checker;
    GRANT SELECT, INSERT, UPDATE, DELETE ON monitor.checker, monitor.target TO daywatch_checker;
    GRANT SELECT, INSERT ON monitor.check_subject, monitor.check_result TO daywatch_checker;
    GRANT SELECT, INSERT, UPDATE ON monitor.check_hour, monitor.check_day TO daywatch_checker;
    GRANT DELETE ON monitor.check_day TO daywatch_checker;
    GRANT USAGE ON SEQUENCE monitor.check_result_id TO daywatch_checker;
    GRANT EXECUTE ON FUNCTION monitor.ensure_check_partition, monitor.drop_check_partitions TO daywatch_checker;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'daywatch_restapi') THEN
    GRANT USAGE ON SCHEMA monitor TO daywatch_restapi;
    GRANT SELECT ON monitor.migrations, monitor.label, monitor.series, monitor.layout, monitor.source,
      monitor.source_layout, monitor.scrape, monitor.recent_block, monitor.block TO daywatch_restapi;
    GRANT SELECT ON monitor.checker, monitor.target TO daywatch_restapi;
    GRANT SELECT ON monitor.check_subject, monitor.check_result, monitor.check_hour, monitor.check_day TO daywatch_restapi;
  END IF;
END
$$;
