-- Users, their tokens, sign-in codes and browser sessions.
--
-- Secrets are 256 random bits and only their SHA-256 is kept, as base64url. The tables are small and read
-- by hash, so where the database is distributed they are copied to every node rather than spread.

CREATE TABLE access.users (
  user_id    text COLLATE "C" PRIMARY KEY CHECK (length(user_id) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL
);

COMMENT ON TABLE access.users IS
  'Who was ever given a token or a sign-in link. Users that a trusted gateway names need no row.';

CREATE TABLE access.tokens (
  token_id     text COLLATE "C" PRIMARY KEY CHECK (token_id ~ '^tok_[0-9a-f]{16}$'),
  hash         text COLLATE "C" NOT NULL CHECK (hash ~ '^[A-Za-z0-9_-]{43}$'),
  user_id      text COLLATE "C" NOT NULL REFERENCES access.users,
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  CONSTRAINT tokens_hash UNIQUE (hash)
);

CREATE UNIQUE INDEX tokens_name ON access.tokens (user_id, name) WHERE revoked_at IS NULL;
CREATE INDEX tokens_listing ON access.tokens (user_id, created_at, token_id);

COMMENT ON TABLE access.tokens IS 'Credentials of programs. A row stays after it is revoked, as a record.';
COMMENT ON COLUMN access.tokens.hash IS 'SHA-256 of the whole text of the token, base64url.';
COMMENT ON COLUMN access.tokens.expires_at IS 'The first moment at which it no longer works; null: never.';
COMMENT ON COLUMN access.tokens.last_used_at IS 'Coarse: written at most every ten minutes.';

CREATE TABLE access.bootstrap (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  taken_at timestamptz NOT NULL
);

COMMENT ON TABLE access.bootstrap IS
  'Has its one row once the token of auth.bootstrap_token_file was taken. Its key lets one of many processes through.';

CREATE TABLE access.sign_in_codes (
  hash       text COLLATE "C" PRIMARY KEY CHECK (hash ~ '^[A-Za-z0-9_-]{43}$'),
  user_id    text COLLATE "C" NOT NULL REFERENCES access.users,
  scopes     text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE INDEX sign_in_codes_expiry ON access.sign_in_codes (expires_at);

COMMENT ON TABLE access.sign_in_codes IS 'One-time codes of sign-in links. Using one deletes its row.';

CREATE TABLE access.sessions (
  hash       text COLLATE "C" PRIMARY KEY CHECK (hash ~ '^[A-Za-z0-9_-]{43}$'),
  user_id    text COLLATE "C" NOT NULL REFERENCES access.users,
  scopes     text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE INDEX sessions_expiry ON access.sessions (expires_at);

COMMENT ON TABLE access.sessions IS 'Browsers that are signed in. Signing out deletes the row.';
COMMENT ON COLUMN access.sessions.hash IS 'SHA-256 of the cookie''s value, base64url.';
