import type { TlsOptions } from '@daywatch/outbound';

/** What every request to a target carries, and what may come back. */
export interface Endpoint {
  readonly headers: Readonly<Record<string, string>>;
  /** Basic or bearer credentials and what else only the target's own origin may see; never logged. */
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly tls?: TlsOptions;
  /** Of the body as decoded. */
  readonly maxBodyBytes: number;
}

/** Limits as narrow as a check needs; a scrape has those of its target. */
export const DEFAULT_ENDPOINT: Endpoint = { headers: {}, secretHeaders: {}, maxBodyBytes: 64 * 2 ** 20 };
