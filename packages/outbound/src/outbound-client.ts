import type { TlsOptions, PeerCertificate } from './tls.ts';

/** Sends HTTP requests to where the fence lets them go. Connections are kept and used again. */
export interface OutboundClient extends AsyncDisposable {
  /**
   * Sends a request, follows redirects, and resolves when the headers of the last answer are there. Any status is
   * an answer, not an error. The body must be read to its end or disposed of.
   * @param signal breaks the request off, also while the body is read; its reason is thrown.
   * @throws OutboundError
   */
  open(request: OutboundRequest, signal?: AbortSignal): Promise<OutboundResponse>;
  /** Like `open`, with the whole body in memory, and the connection given back. @throws OutboundError */
  fetch(request: OutboundRequest, signal?: AbortSignal): Promise<WholeResponse>;
  /** Breaks off what is under way and closes every connection. Idempotent. */
  close(): Promise<void>;
}

export interface OutboundRequest {
  /** http or https, without user name and password. A fragment is not sent. */
  readonly url: string;
  /** Default GET. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that only the origin of `url` may see: credentials, signatures. Dropped when a redirect leaves it. */
  readonly secretHeaders?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** From the call to the last byte of the body, redirects included. Default 10,000. */
  readonly timeoutMs?: number;
  /** Limits the body as sent, and as decoded. Default 10 MiB. */
  readonly maxBodyBytes?: number;
  /** How many redirects are followed; 0 answers with the first one. Default 5. */
  readonly maxRedirects?: number;
  readonly tls?: TlsOptions;
}

interface ResponseHead {
  readonly status: number;
  /** Names are in lower case; a header that came several times is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  /** The address that was connected to. */
  readonly remoteAddress: string;
  /** How many redirects were followed. */
  readonly redirects: number;
  /** What the server showed; absent over http. */
  readonly certificate: PeerCertificate | undefined;
}

export interface OutboundResponse extends ResponseHead, AsyncDisposable {
  /** Decoded (gzip, deflate, br). Reading throws OutboundError where the body breaks off, or is too large or too slow. */
  readonly body: AsyncIterable<Uint8Array>;
  /** So far; whole when the body has been read. */
  timings(): Timings;
}

export interface WholeResponse extends ResponseHead {
  readonly body: Uint8Array;
  readonly timings: Timings;
}

/**
 * How long the steps of the last hop took, in milliseconds. The first three are 0 on a connection that was used
 * again; `tlsMs` is 0 over http. `totalMs` begins with the call and holds every redirect.
 */
export interface Timings {
  readonly dnsMs: number;
  readonly connectMs: number;
  readonly tlsMs: number;
  /** From the request to the first byte of the answer's head. */
  readonly firstByteMs: number;
  readonly totalMs: number;
}
