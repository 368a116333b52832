-- The queue that stands in for RabbitMQ where there is none.
--
-- A message is free from available_at on. Handing it out moves that into the future, by the time of a lease, and
-- counts: whoever holds it names the count, so that one who has lost the lease changes nothing any more.

CREATE TABLE delivery.messages (
  queue        text COLLATE "C" NOT NULL CHECK (length(queue) BETWEEN 1 AND 100),
  seq          bigint GENERATED ALWAYS AS IDENTITY,
  message_id   text COLLATE "C" NOT NULL CHECK (length(message_id) <= 200),
  body         bytea NOT NULL,
  deliveries   integer NOT NULL DEFAULT 0,
  available_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (queue, seq)
) WITH (
  -- Rows live for moments: without this their remains would pile up until a fifth of the table is dead.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_cost_delay = 0
);

CREATE INDEX messages_available ON delivery.messages (queue, available_at, seq);

COMMENT ON TABLE delivery.messages IS 'What waits to be handled, or is in the hands of a consumer.';
COMMENT ON COLUMN delivery.messages.deliveries IS 'How often it was handed out; with (queue, seq) the name of a lease.';
COMMENT ON COLUMN delivery.messages.available_at IS 'From then on it may be handed out: now, or when the lease ends.';

CREATE TABLE delivery.dead_letters (
  queue      text COLLATE "C" NOT NULL CHECK (length(queue) BETWEEN 1 AND 100),
  seq        bigint NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  body       bytea NOT NULL,
  reason     text NOT NULL,
  dead_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (queue, seq)
);

COMMENT ON TABLE delivery.dead_letters IS 'What could not be handled. Stays until somebody replays or discards it.';
