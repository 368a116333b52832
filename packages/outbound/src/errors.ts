export type OutboundErrorCode =
  /** The URL is no http or https URL, or holds a user name or password. */
  | 'invalid_url'
  /** The address lies in a fenced network. */
  | 'fenced_address'
  /** The name has no address, or the resolver did not answer. */
  | 'dns_failed'
  /** Nobody answers at that address and port. */
  | 'connect_failed'
  /** The certificate or the handshake is not acceptable. */
  | 'tls_failed'
  /** The connection broke before the answer was whole. */
  | 'connection_lost'
  /** The time limit of the request ran out; the message names the step that it waited for. */
  | 'timeout'
  | 'headers_too_large'
  | 'body_too_large'
  /** The answer is not HTTP, or its content encoding is unknown or broken. */
  | 'bad_response'
  | 'too_many_redirects'
  /** A redirect without a usable Location. */
  | 'bad_redirect';

/**
 * A request that got no whole answer. The message is a sentence for people; it names addresses, and never holds
 * headers, bodies, or the query of a URL, where secrets may be.
 */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly code: OutboundErrorCode;

  constructor(code: OutboundErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether the same request may succeed later without anybody changing its URL or the fence. */
export function isTemporary(code: OutboundErrorCode): boolean {
  switch (code) {
    case 'invalid_url':
    case 'fenced_address':
    case 'too_many_redirects':
    case 'bad_redirect':
      return false;
    case 'dns_failed':
    case 'connect_failed':
    case 'tls_failed':
    case 'connection_lost':
    case 'timeout':
    case 'headers_too_large':
    case 'body_too_large':
    case 'bad_response':
      return true;
    default:
      return code satisfies never;
  }
}
