-- Claims have names, so that one which has lost a reminder changes nothing of it any more; and what a sender has in hand
-- can be looked at again when its lease has ended.

ALTER TABLE calendar.notifications
  ADD COLUMN claimed_by uuid,
  DROP CONSTRAINT notifications_attend,
  ADD CONSTRAINT notifications_attend CHECK (
    CASE status
      WHEN 'pending' THEN attend_at IS NOT NULL
      WHEN 'sending' THEN true
      ELSE attend_at IS NULL
    END);

COMMENT ON COLUMN calendar.notifications.claimed_by IS
  'The claim of a scheduler in which it is until attend_at. Null where a sender was faster, or has put it off.';
COMMENT ON COLUMN calendar.notifications.attend_at IS
  'When a scheduler is to look at it: when it is due, or to be tried again; once it is claimed, when the claim ends; of what is being sent, when the lease of its sender ends, where another sender has asked for it meanwhile. Else null: then it is not in the index of schedulers, and no index changes with the status.';
