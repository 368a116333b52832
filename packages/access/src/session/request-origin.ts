/** What a request says about the page that sent it. */
export interface RequestOrigin {
  readonly method: string;
  /** The `Host` header, or HTTP/2's `:authority`. */
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries the session cookie comes from a page of ours, or changes nothing. Browsers
 * send the cookie by themselves, so a foreign page could otherwise act for the user (cross-site request
 * forgery). Every current browser says where a request comes from, in `Sec-Fetch-Site` (on HTTPS and
 * loopback) or `Origin`; one that says nothing is refused, since programs use tokens.
 */
export function isFromOurPage({ method, host, origin, secFetchSite }: RequestOrigin): boolean {
  if (SAFE_METHODS.has(method)) return true;
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin';
  return origin !== undefined && host !== undefined && isSameHost(origin, host);
}

function isSameHost(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  const own = `${protocol}//${host}`;
  return URL.canParse(own) && new URL(own).host === originHost;
}
