import { createHash } from 'node:crypto';
import { ErrInvalidRequest } from '../../errors.ts';
import type { ExpectedEtags } from '../../event/check-etag.ts';
import { etagOf, type AnsweredEvent } from '../../event/event.ts';
import { abbreviate } from '../../time/plain-date.ts';

/** Comes between the etag of an event and what names its conflicts. */
const CONFLICTS_MARK = '!';

/**
 * The ETag header of an event, without quotes: a strong validator (RFC 9110 section 8.8.3). What the event clashes
 * with comes and goes without a new version of it, so that it has a mark of its own here.
 */
function validatorOf(event: AnsweredEvent): string {
  const { conflicts = [] } = event;
  if (conflicts.length === 0) return etagOf(event);
  const digest = createHash('sha256').update(JSON.stringify(conflicts)).digest('base64url');
  return `${etagOf(event)}${CONFLICTS_MARK}${digest.slice(0, 16)}`;
}

/** The ETag header of an event. */
export function formatEtag(event: AnsweredEvent): string {
  return `"${validatorOf(event)}"`;
}

/**
 * The etags that `If-Match` accepts (RFC 9110 section 13.1.1). A missing header and `*` accept any. A
 * weak one never matches: it stays in the list as it was written, which no etag of an event is equal to. A change
 * asks for the version alone, whatever that clashes with by now.
 * @throws ErrInvalidRequest
 */
export function parseIfMatch(header: string | undefined): ExpectedEtags {
  if (header === undefined || header.trim() === '*') return undefined;
  return parseList('if-match', header).map(({ isWeak, text }) => (isWeak ? `W/"${text}"` : versionIn(text)));
}

function versionIn(text: string): string {
  return text.split(CONFLICTS_MARK, 1)[0] as string;
}

/**
 * Whether `If-None-Match` names the event as it is answered, compared weakly (RFC 9110 section 13.1.2), so that
 * the client has it already.
 * @throws ErrInvalidRequest
 */
export function isKnownToClient(header: string | undefined, event: AnsweredEvent): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const known = validatorOf(event);
  return parseList('if-none-match', header).some(({ text }) => text === known);
}

interface GivenEtag {
  readonly isWeak: boolean;
  readonly text: string;
}

/** An entity tag; also one without its quotes, which people forget. */
const ENTITY_TAG = /^(?:(W\/)?"([\u0021\u0023-\u007e\u0080-\u00ff]*)"|([\w.~+/=-]+))$/;

function parseList(field: string, header: string): readonly GivenEtag[] {
  const items = header.split(',').map((item) => item.trim());
  // Empty elements of a list are allowed (RFC 9110 section 5.6.1.2), a list of nothing is not.
  const given = items.filter((item) => item !== '');
  if (given.length === 0) throw malformed(field, header);
  return given.map((item) => {
    const match = ENTITY_TAG.exec(item);
    if (!match) throw malformed(field, item);
    return { isWeak: match[1] !== undefined, text: match[2] ?? match[3] ?? '' };
  });
}

function malformed(field: string, value: string): ErrInvalidRequest {
  const description = `'${abbreviate(value)}' is no entity tag; allowed are the etags of events in quotes, such as "1a", separated by commas, or *`;
  return new ErrInvalidRequest([{ field, description }]);
}
