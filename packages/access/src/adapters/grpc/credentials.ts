import type { Metadata } from '@grpc/grpc-js';

import type { Credentials, HeaderValue } from '../../authenticator/credentials.ts';
import { USER_ID_HEADER } from '../../authenticator/trusted-header.ts';

/**
 * Reads the credentials of a call. A browser's cookie is none here: browsers do not speak gRPC.
 *
 * Of two `authorization` headers Node's HTTP/2 keeps the first before anybody sees them; two `x-user-id` it
 * joins with a comma, which no user id may have.
 * @param peer what `call.getPeer()` answers: `127.0.0.1:50412`, `::1:50412`.
 */
export function readCallCredentials(metadata: Metadata, peer: string): Credentials {
  return {
    authorization: readValue(metadata, 'authorization'),
    userIdHeader: readValue(metadata, USER_ID_HEADER),
    remoteAddress: readAddress(peer),
  };
}

function readValue(metadata: Metadata, key: string): HeaderValue {
  const values = metadata.get(key).map(String);
  return values.length > 1 ? values : values[0];
}

/** grpc-js puts the port behind the last colon, also of a bare IPv6 address. */
function readAddress(peer: string): string | undefined {
  const end = peer.lastIndexOf(':');
  if (end < 0) return undefined;
  const address = peer.slice(0, end);
  return address.startsWith('[') && address.endsWith(']') ? address.slice(1, -1) : address;
}
