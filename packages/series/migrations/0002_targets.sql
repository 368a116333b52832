-- What is watched, how it stands, and which checker watches it. packages/monitor reads and writes these tables; they
-- lie here because a schema has one list of migrations.

CREATE TABLE monitor.checker (
  id         uuid PRIMARY KEY,
  name       text NOT NULL,
  targets    text[] COLLATE "C" NOT NULL,
  expires_at timestamptz NOT NULL
) WITH (fillfactor = 50);

COMMENT ON TABLE monitor.checker IS 'Checkers that live: each has a row from its start to its end, and renews it. One that does not is dead once its row expires, and loses its targets.';
COMMENT ON COLUMN monitor.checker.id IS 'Another one after each start.';
COMMENT ON COLUMN monitor.checker.targets IS 'What it could check: the targets of its configuration.';
COMMENT ON COLUMN monitor.checker.expires_at IS 'By the clock of the database. Whoever held something can tell by their own clock that they hold it no longer: they count from before they asked.';

CREATE TABLE monitor.target (
  id            text COLLATE "C" PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
  domain        text COLLATE "C" NOT NULL,
  kind          text COLLATE "C" NOT NULL CHECK (kind IN ('prometheus', 'http')),
  url           text NOT NULL,
  interval_ms   integer NOT NULL CHECK (interval_ms > 0),
  timeout_ms    integer NOT NULL CHECK (timeout_ms > 0),
  checker_id    uuid REFERENCES monitor.checker ON DELETE SET NULL,
  status        text COLLATE "C" NOT NULL DEFAULT 'unknown' CHECK (status IN ('pass', 'warn', 'fail', 'unknown')),
  since_ms      bigint,
  reason        text,
  checked_at_ms bigint,
  duration_ms   double precision,
  scraped_at_ms bigint,
  samples       integer,
  refused       integer,
  error         text,
  error_at_ms   bigint
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

COMMENT ON TABLE monitor.target IS 'The targets of all configurations, each with how it stands. Half of each page is left free so that updates stay on their page (HOT).';
COMMENT ON COLUMN monitor.target.id IS 'The name of the configuration.';
COMMENT ON COLUMN monitor.target.url IS 'Without credentials.';
COMMENT ON COLUMN monitor.target.checker_id IS 'Who checks it; null while nobody does.';
COMMENT ON COLUMN monitor.target.since_ms IS 'When the status became what it is; this and all times: milliseconds since 1970.';
COMMENT ON COLUMN monitor.target.reason IS 'Why it does not pass, for people.';
COMMENT ON COLUMN monitor.target.checked_at_ms IS 'When its last check began.';
COMMENT ON COLUMN monitor.target.scraped_at_ms IS 'When the check began that last read metrics; samples and refused are of that one.';
COMMENT ON COLUMN monitor.target.error IS 'What went wrong last, kept when it is well again.';
