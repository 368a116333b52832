import type { IncomingMessage } from 'node:http';

import { OutboundError } from '../../errors.ts';
import type { Fence } from '../../fence/fence.ts';
import { parseTarget } from '../../url/parse-target.ts';
import type { Hop } from './exchange.ts';

/** Headers that are meant for one server alone, whoever set them. */
const CREDENTIALS = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * Where an answer sends us on to, checked like every target; undefined where it is no redirect, or none to
 * follow: a request other than GET and HEAD follows 307 and 308 alone, which keep its method and body.
 * @param secretNames in lower case; dropped with all credentials when the origin changes.
 * @throws OutboundError
 */
export function nextHop(
  hop: Hop,
  message: IncomingMessage,
  secretNames: ReadonlySet<string>,
  fence: Fence,
): Hop | undefined {
  if (!isFollowed(message.statusCode ?? 0, hop.method)) return undefined;
  const { location } = message.headers;
  if (location === undefined || !URL.canParse(location, hop.url.href)) {
    throw new OutboundError(
      'bad_redirect',
      `${hop.url.host} answered ${message.statusCode} ${location === undefined ? 'without a Location' : 'with a Location that is no URL'}`,
    );
  }
  const url = parseTarget(new URL(location, hop.url).href, fence);
  if (url.origin === hop.url.origin) return { ...hop, url };
  const kept = Object.entries(hop.headers).filter(
    ([name]) => !CREDENTIALS.has(name) && !secretNames.has(name),
  );
  // A client certificate is a credential too, and a name to check is that of the first server.
  const { ca, insecure } = hop.tls;
  const tls = { ...(ca !== undefined && { ca }), ...(insecure !== undefined && { insecure }) };
  return { ...hop, url, headers: Object.fromEntries(kept), tls };
}

function isFollowed(status: number, method: string): boolean {
  switch (status) {
    case 301:
    case 302:
    case 303:
      return method === 'GET' || method === 'HEAD';
    case 307:
    case 308:
      return true;
    default:
      return false;
  }
}
