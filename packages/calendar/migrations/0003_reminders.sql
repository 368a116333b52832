-- Reminders: one row for each occurrence and each time before it, and what became of it.

CREATE TABLE calendar.notifications (
  calendar_id   uuid NOT NULL,
  event_id      uuid NOT NULL,
  recurrence_id timestamptz NOT NULL,
  notify_before text COLLATE "C" NOT NULL,
  version       integer NOT NULL,
  starts_at     timestamptz NOT NULL,
  due_at        timestamptz NOT NULL,
  attend_at     timestamptz,
  status        text COLLATE "C" NOT NULL DEFAULT 'pending',
  late          boolean NOT NULL DEFAULT false,
  attempts      integer NOT NULL DEFAULT 0,
  title         text,
  time_zone     text,
  all_day       boolean,
  channel       text,
  error         text,
  sending_by    text,
  sending_until timestamptz,
  published_at  timestamptz,
  sent_at       timestamptz,
  PRIMARY KEY (calendar_id, event_id, recurrence_id, notify_before, version),
  CONSTRAINT notifications_status CHECK (
    status IN ('pending', 'published', 'sending', 'sent', 'expired', 'failed', 'cancelled')),
  CONSTRAINT notifications_attend CHECK ((attend_at IS NOT NULL) = (status = 'pending'))
) WITH (fillfactor = 70);

CREATE INDEX notifications_attend ON calendar.notifications (attend_at) WHERE attend_at IS NOT NULL;
CREATE INDEX notifications_due ON calendar.notifications (calendar_id, due_at);

COMMENT ON TABLE calendar.notifications IS
  'Reminders, and what became of them. They outlive their events, so no key refers to those. The id that receivers see is made of the primary key. Room is left on each page, so that recording what is sent stays on it (HOT).';
COMMENT ON COLUMN calendar.notifications.version IS
  'How many times the occurrence had before: each has reminders of its own.';
COMMENT ON COLUMN calendar.notifications.starts_at IS 'The start of the occurrence that it reminds of.';
COMMENT ON COLUMN calendar.notifications.attend_at IS
  'When a scheduler is to look at it: when it is due, or, once it is claimed, when the claim ends. Null for what is pending no longer: then it is not in the index of schedulers, and no index changes with the status.';
COMMENT ON COLUMN calendar.notifications.title IS
  'As it was when the reminder was due, or the event deleted. Null before: then the event says it; likewise time_zone and all_day.';
COMMENT ON COLUMN calendar.notifications.sending_by IS 'Which sender began to send it, and sending_until until when nobody else may.';

CREATE TABLE calendar.settings (
  owner          text PRIMARY KEY,
  webhook_url    text,
  webhook_secret text,
  updated_at     timestamptz NOT NULL
);

COMMENT ON TABLE calendar.settings IS 'What users have set for themselves; those who have set nothing have no row.';
COMMENT ON COLUMN calendar.settings.webhook_secret IS 'What webhooks are signed with. It must be read to sign, so it is not hashed.';
