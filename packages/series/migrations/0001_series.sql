-- Series, the scrapes that arrive, and the blocks that they are packed into. How samples become bytes is drawn in
-- docs/sample-blocks.md, how the tables go together in docs/series-tables.md.
--
-- A series' labels are stored once, however many sources expose it: what belongs to the source (job, instance) stands
-- at the source. Every byte here is paid for by the samples, so rows are lean and indexes few.

CREATE TABLE monitor.label (
  id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name  text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  CONSTRAINT label_text UNIQUE (name, value)
);

COMMENT ON TABLE monitor.label IS 'Each name and value that a series or a source has, once. The metric is the label __name__. Rows never change.';

CREATE TABLE monitor.series (
  id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  labels integer[] NOT NULL,
  CONSTRAINT series_labels UNIQUE (labels)
);

CREATE INDEX series_label ON monitor.series USING gin (labels) WITH (fastupdate = off);

COMMENT ON TABLE monitor.series IS 'A set of labels as a source exposes it. Rows never change.';
COMMENT ON COLUMN monitor.series.labels IS 'Ids of monitor.label, sorted by the labels'' names.';

CREATE TABLE monitor.layout (
  id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest uuid NOT NULL,
  series integer[] NOT NULL,
  CONSTRAINT layout_digest UNIQUE (digest)
) WITH (toast_tuple_target = 8160);

COMMENT ON TABLE monitor.layout IS 'The columns of a scrape, in order. Rows never change; sources that expose the same series share one.';
COMMENT ON COLUMN monitor.layout.digest IS 'The first 128 bits of the SHA-256 of the series ids, big-endian, 32 bits each.';

CREATE SEQUENCE monitor.run AS bigint MINVALUE 0 MAXVALUE 1048575;

COMMENT ON SEQUENCE monitor.run IS
  'Hands numbers to scrapes, 8,192 at a time: those of a run are run * 8192 and what follows. A number has 33 bits, since the id of a reading is the number, 20 bits of column and one more must be an exact double.';

CREATE TABLE monitor.source (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key         text COLLATE "C" NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  labels      integer[] NOT NULL,
  last_at_ms  bigint,
  next_number bigint NOT NULL DEFAULT 0,
  CONSTRAINT source_key UNIQUE (key, labels)
) WITH (fillfactor = 50);

COMMENT ON TABLE monitor.source IS 'What series arrive together from. An append locks its row, so that scrapes of one source are stored in order and once. Half of each page is left free so that the update stays on its page (HOT).';
COMMENT ON COLUMN monitor.source.last_at_ms IS 'The time of its last scrape, milliseconds since 1970.';
COMMENT ON COLUMN monitor.source.next_number IS 'For its next scrape; at a multiple of 8,192 a new run is taken.';

CREATE TABLE monitor.source_layout (
  source_id integer NOT NULL,
  layout_id integer NOT NULL,
  last_ms   bigint NOT NULL,
  PRIMARY KEY (source_id, layout_id)
);

COMMENT ON TABLE monitor.source_layout IS 'Which layouts a source has used, and until about when. Layout 0 is up, scrape_duration_seconds and scrape_samples_scraped.';

CREATE TABLE monitor.scrape (
  source_id        integer NOT NULL,
  at_ms            bigint NOT NULL,
  number           bigint NOT NULL,
  layout_id        integer NOT NULL,
  is_up            boolean,
  duration_seconds double precision,
  samples          integer,
  cells            bytea NOT NULL,
  PRIMARY KEY (source_id, at_ms)
) WITH (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

ALTER TABLE monitor.scrape ALTER COLUMN cells SET STORAGE EXTERNAL;

COMMENT ON TABLE monitor.scrape IS 'Scrapes that are not packed into blocks yet. Not partitioned: a row stays for minutes or hours, and sealing deletes it.';
COMMENT ON COLUMN monitor.scrape.is_up IS 'With duration_seconds and samples: null for samples that came alone.';
COMMENT ON COLUMN monitor.scrape.cells IS 'A row of docs/sample-blocks.md, already packed.';

CREATE TABLE monitor.recent_block (
  source_id integer NOT NULL,
  part      integer NOT NULL,
  from_ms   bigint NOT NULL,
  to_ms     bigint NOT NULL,
  number    bigint NOT NULL,
  layout_id integer NOT NULL,
  count     integer NOT NULL,
  encoding  smallint NOT NULL,
  data      bytea NOT NULL,
  PRIMARY KEY (source_id, part, from_ms)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

ALTER TABLE monitor.recent_block ALTER COLUMN data SET STORAGE EXTERNAL;

COMMENT ON TABLE monitor.recent_block IS 'Stretches that are to become part of a longer one, kept apart so that monitor.block is written once and has no holes.';

CREATE TABLE monitor.block (
  source_id integer NOT NULL,
  part      integer NOT NULL,
  from_ms   bigint NOT NULL,
  to_ms     bigint NOT NULL,
  number    bigint NOT NULL,
  layout_id integer NOT NULL,
  count     integer NOT NULL,
  encoding  smallint NOT NULL,
  data      bytea NOT NULL,
  PRIMARY KEY (source_id, part, from_ms)
) PARTITION BY RANGE (from_ms);

ALTER TABLE monitor.block ALTER COLUMN data SET STORAGE EXTERNAL;

COMMENT ON TABLE monitor.block IS 'A stretch of a source''s scrapes, of one layout and one run, as a row for its times (part 0) and one for every 32 series.';
COMMENT ON COLUMN monitor.block.to_ms IS 'Of the last scrape, inclusive; less than three days after from_ms.';
COMMENT ON COLUMN monitor.block.number IS 'Of the first scrape; the others follow without a gap.';
COMMENT ON COLUMN monitor.block.encoding IS '1: a block of docs/sample-blocks.md.';

-- up, scrape_duration_seconds, scrape_samples_scraped: columns of part 0, and series like any other.
INSERT INTO monitor.label (id, name, value) OVERRIDING SYSTEM VALUE VALUES
  (-1, '__name__', 'up'), (-2, '__name__', 'scrape_duration_seconds'), (-3, '__name__', 'scrape_samples_scraped');
INSERT INTO monitor.series (id, labels) OVERRIDING SYSTEM VALUE VALUES (-1, '{-1}'), (-2, '{-2}'), (-3, '{-3}');
INSERT INTO monitor.layout (id, digest, series) OVERRIDING SYSTEM VALUE
  VALUES (0, '00000000-0000-0000-0000-000000000000', '{-1,-2,-3}');

-- Weeks since 1970; those before 2020 by 52, so that an import of old samples does not make thousands of tables.
CREATE FUNCTION monitor.block_partition_start(at_ms bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE
    WHEN at_ms >= 2600 * 604800000::bigint THEN at_ms / 604800000 * 604800000
    ELSE floor(at_ms / (52 * 604800000::numeric))::bigint * (52 * 604800000::bigint)
  END;

CREATE FUNCTION monitor.ensure_block_partition(at_ms bigint) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  lower_ms bigint := monitor.block_partition_start(at_ms);
  upper_ms bigint := lower_ms + CASE WHEN lower_ms >= 2600 * 604800000::bigint THEN 604800000 ELSE 52 * 604800000::bigint END;
  name text := 'block_from_' || replace(lower_ms::text, '-', 'minus_');
BEGIN
  IF to_regclass(format('monitor.%I', name)) IS NOT NULL THEN RETURN; END IF;
  -- Two may need it at once; the later one finds it made.
  PERFORM pg_advisory_xact_lock(hashtext('monitor.block'));
  IF to_regclass(format('monitor.%I', name)) IS NOT NULL THEN RETURN; END IF;
  -- Made apart and then attached, which lets readers of the other partitions go on.
  EXECUTE format('CREATE TABLE monitor.%I (LIKE monitor.block INCLUDING DEFAULTS INCLUDING STORAGE)', name);
  EXECUTE format('ALTER TABLE monitor.block ATTACH PARTITION monitor.%I FOR VALUES FROM (%s) TO (%s)', name, lower_ms, upper_ms);
END
$$;

COMMENT ON FUNCTION monitor.ensure_block_partition IS 'Makes the partition for blocks that begin at that time, where it is missing.';

CREATE FUNCTION monitor.drop_block_partitions(cutoff_ms bigint) RETURNS SETOF text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  partition record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('monitor.block'));
  FOR partition IN
    SELECT c.relname, substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''?(-?\d+)''?\)')::bigint AS upper_ms
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'monitor.block'::regclass
     ORDER BY 2
  LOOP
    -- A block reaches less than three days beyond its start.
    CONTINUE WHEN partition.upper_ms + 3 * 86400000::bigint > cutoff_ms;
    EXECUTE format('DROP TABLE monitor.%I', partition.relname);
    RETURN NEXT partition.relname;
  END LOOP;
END
$$;

COMMENT ON FUNCTION monitor.drop_block_partitions IS 'Drops the partitions whose every sample is older, and says which.';

REVOKE ALL ON FUNCTION monitor.ensure_block_partition, monitor.drop_block_partitions FROM PUBLIC;
