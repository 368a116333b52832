import { parseIpAddress } from '@daywatch/ip-network';

import { OutboundError } from '../errors.ts';
import { assertOpen } from '../fence/assert-open.ts';
import type { Fence } from '../fence/fence.ts';
import { describeUrl } from './describe-url.ts';

const MAX_URL_LENGTH = 8192;

/**
 * Reads a URL that a request may be sent to: http or https, without user name and password, a fenced address
 * not spelled out in it. Hosts in odd forms (`0x7f.1`, `2130706433`, `127.1`, full-width digits) become the
 * address that they mean, as the URL standard says, before anything is checked. Names are checked when they
 * are resolved. Use it, too, to refuse a URL when somebody enters it.
 * @throws OutboundError `invalid_url`, `fenced_address`
 */
export function parseTarget(text: string, fence: Fence): URL {
  if (text.length > MAX_URL_LENGTH) {
    throw invalid(`a URL of ${text.length} characters is too long; allowed are ${MAX_URL_LENGTH}`);
  }
  if (!URL.canParse(text)) {
    throw invalid(`'${describeUrl(text)}' is no URL; allowed are forms like https://example.org/path`);
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw invalid(
      `'${describeUrl(text)}' has the scheme '${url.protocol.slice(0, -1)}'; allowed are http and https`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid(
      `the URL of ${url.host} holds a user name or password, which would end in logs; send credentials in a header`,
    );
  }
  const host = bareHost(url);
  if (parseIpAddress(host) !== undefined) assertOpen(fence, host, host);
  return url;
}

/** The host as a resolver or a socket takes it: IPv6 without brackets. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

function invalid(message: string): OutboundError {
  return new OutboundError('invalid_url', message);
}
