-- A browser that signed in with a token is signed in for as long as the token works.

ALTER TABLE access.sign_in_codes ADD COLUMN token_id text COLLATE "C" REFERENCES access.tokens;
ALTER TABLE access.sessions ADD COLUMN token_id text COLLATE "C" REFERENCES access.tokens;

COMMENT ON COLUMN access.sign_in_codes.token_id IS 'As in sessions.';
COMMENT ON COLUMN access.sessions.token_id IS
  'The token that the session began with: it ends when that is revoked. Null where it began with a sign-in link.';
