-- Events are found by their words.

ALTER TABLE calendar.events ADD COLUMN words tsvector;

COMMENT ON COLUMN calendar.events.words IS
  'The words of title, location and description, as packages/calendar/src/search/words.ts reads them, each with the last twelve digits of calendar_id before it: a search reads the entries of its own calendars alone.';

-- What is there already, nearly as the program would do it, which does it again with the next change of the event.
UPDATE calendar.events e SET words = array_to_tsvector(ARRAY(
  SELECT DISTINCT right(e.calendar_id::text, 12) || ':' || left(word, 40)
  FROM regexp_split_to_table(
    regexp_replace(
      lower(normalize(e.title || ' ' || e.location || ' ' || left(e.description, 5000), NFKD)), '[\u0300-\u036f]', '', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+') AS word
  WHERE word <> ''));

-- Without a list of what is still to be sorted in: no search and no write has to sort it in for others.
CREATE INDEX events_words ON calendar.events USING gin (words) WITH (fastupdate = off);
