import type { Event, Occurrence } from '@daywatch/protocol/calendar';
import { CalendarService } from '@daywatch/protocol/calendar';
import { RefusedError, UsageError } from '../failure.ts';
import { listBetween } from '../listing/list-pages.ts';
import type { Session } from '../session.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { isFullId, isPartOfId, matchesId, MIN_DIGITS, shortenIds, toFullId } from './short-id.ts';
import { describeTime, toShownTime } from './shown-time.ts';

/**
 * Where events are looked for, in years around the present: near ones first, so that what a listing
 * has just shown is found without reading a whole life.
 */
const WINDOWS = [
  { before: { months: 1 }, after: { months: 3 } },
  { before: { years: 2 }, after: { years: 3 } },
  { before: { years: 15 }, after: { years: 15 } },
] as const;

/**
 * Finds the event that a person names: by its whole id, by the first or last digits of it (at least
 * four), or, with `byTitle`, by words of its title.
 * @throws RefusedError where there is none, UsageError with the candidates where there are several.
 */
export async function findEvent(
  session: Session,
  name: string,
  { byTitle }: { readonly byTitle: boolean },
): Promise<Event> {
  if (isFullId(name)) return getEvent(session, toFullId(name));
  if (name.trim() === '')
    throw new UsageError('the id of the event is missing; listings show it beside each event');
  const found = isPartOfId(name)
    ? await search(session, (event) => matchesId(event.eventId, name))
    : undefined;
  if (found && found.events.length > 0) return getOnly(session, name, found.events);
  const titled = await search(session, (event) => hasWords(event.title, name));
  if (byTitle && titled.events.length > 0) return getOnly(session, name, titled.events);
  if (titled.events.length > 0) {
    throw new UsageError(
      `no event has the id '${sanitizeLine(name)}', and a title alone is too easily mistaken here`,
      'Take the id of the one that is meant:',
      ...candidateLines(session, titled.events),
    );
  }
  throw new RefusedError(
    'event_not_found',
    titled.isCut
      ? `no event '${sanitizeLine(name)}' was found, and there are too many to look through all`
      : `there is no event '${sanitizeLine(name)}' within 15 years of today`,
    `Listings show the id beside each event: calendar_client week. At least ${MIN_DIGITS} of its last digits find it, all of it finds any event.`,
  );
}

async function getOnly(session: Session, name: string, found: readonly Occurrence[]): Promise<Event> {
  const [first] = found;
  if (first && found.length === 1) return getEvent(session, first.eventId);
  throw new UsageError(
    `'${sanitizeLine(name)}' may be any of ${found.length} events; take more of the id:`,
    ...candidateLines(session, found),
  );
}

function getEvent(session: Session, id: string): Promise<Event> {
  return session.api.call(CalendarService.method.getEvent, { id });
}

interface Found {
  /** One occurrence of each event. */
  readonly events: readonly Occurrence[];
  /** Whether there were more events than are looked through. */
  readonly isCut: boolean;
}

/** The events that match, in the nearest window that has any. */
async function search(session: Session, matches: (occurrence: Occurrence) => boolean): Promise<Found> {
  let isCut = false;
  for (const { before, after } of WINDOWS) {
    const { occurrences, nextPageToken } = await listBetween(
      session,
      session.now.subtract(before).toInstant(),
      session.now.add(after).toInstant(),
    );
    const found = new Map<string, Occurrence>();
    for (const occurrence of occurrences) {
      if (matches(occurrence) && !found.has(occurrence.eventId)) found.set(occurrence.eventId, occurrence);
    }
    isCut = nextPageToken !== '';
    if (found.size > 0) return { events: [...found.values()], isCut };
  }
  return { events: [], isCut };
}

function hasWords(title: string, words: string): boolean {
  const lower = title.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

const MAX_CANDIDATES = 10;

function candidateLines(session: Session, found: readonly Occurrence[]): readonly string[] {
  const ids = shortenIds(found.map((event) => event.eventId));
  const lines = found.slice(0, MAX_CANDIDATES).map((event) => {
    const when = describeTime(toShownTime(event, session.settings.zone), session.style.signs);
    return `  ${ids.get(event.eventId)}  ${sanitizeLine(event.title)}  (${when})`;
  });
  if (found.length > MAX_CANDIDATES) lines.push(`  and ${found.length - MAX_CANDIDATES} more`);
  return lines;
}
