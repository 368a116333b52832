-- Occurrences whose texts were changed are found by words of their own.

ALTER TABLE calendar.occurrences ADD COLUMN words tsvector;

COMMENT ON COLUMN calendar.occurrences.words IS
  'As events.words, of an occurrence whose title, location or description is its own; null where it has the texts, and so the words, of its event.';

-- What is there already, nearly as the program would do it: see 0006_search.sql.
UPDATE calendar.occurrences o SET words = array_to_tsvector(ARRAY(
  SELECT DISTINCT right(o.calendar_id::text, 12) || ':' || left(word, 40)
  FROM regexp_split_to_table(
    regexp_replace(
      lower(normalize(
        COALESCE(o.override->>'title', e.title) || ' ' || COALESCE(o.override->>'location', e.location) || ' ' ||
        left(COALESCE(o.override->>'description', e.description), 5000), NFKD)), '[\u0300-\u036f]', '', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+') AS word
  WHERE word <> ''))
FROM calendar.events e
WHERE o.override ?| ARRAY['title', 'location', 'description']
  AND e.calendar_id = o.calendar_id AND e.event_id = o.event_id;

-- Few occurrences have any.
CREATE INDEX occurrences_words ON calendar.occurrences USING gin (words) WITH (fastupdate = off)
  WHERE words IS NOT NULL;
