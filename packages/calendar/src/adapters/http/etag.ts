import { ErrInvalidRequest } from '../../errors.ts';
import type { ExpectedEtags } from '../../event/check-etag.ts';
import { abbreviate } from '../../time/plain-date.ts';

/** The ETag header of an event: always a strong validator (RFC 9110 section 8.8.3). */
export function formatEtag(etag: string): string {
  return `"${etag}"`;
}

/**
 * The etags that `If-Match` accepts (RFC 9110 section 13.1.1). A missing header and `*` accept any. A
 * weak one never matches: it stays in the list as it was written, which no etag of an event is equal to.
 * @throws ErrInvalidRequest
 */
export function parseIfMatch(header: string | undefined): ExpectedEtags {
  if (header === undefined || header.trim() === '*') return undefined;
  return parseList('if-match', header).map(({ isWeak, text }) => (isWeak ? `W/"${text}"` : text));
}

/**
 * Whether `If-None-Match` names the event's version, compared weakly (RFC 9110 section 13.1.2), so that
 * the client has it already.
 * @throws ErrInvalidRequest
 */
export function isKnownToClient(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return parseList('if-none-match', header).some(({ text }) => text === etag);
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
