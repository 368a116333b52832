import { UsageError } from '../failure.ts';

const DEFAULT_PORT = 8888;

/** Where the server is. */
export interface ServerAddress {
  /** `host:port`, as people write it. */
  readonly text: string;
  /** The same as gRPC names it. */
  readonly target: string;
  readonly tls: boolean;
  /** Whether it is this machine: then nobody can listen in, and no proxy is asked. */
  readonly isLoopback: boolean;
}

/**
 * Reads `host`, `host:port`, `[::1]:8888`, or the address as a browser shows it: `http://…` and
 * `https://…`, the latter over TLS.
 * @throws UsageError
 */
export function parseServerAddress(given: string, wantsTls: boolean): ServerAddress {
  const match = /^(?:(https?):\/\/)?(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?\/?$/.exec(
    given.trim(),
  );
  const [, scheme, host = '', portText] = match ?? [];
  const tls = wantsTls || scheme === 'https';
  const port = Number(portText ?? (scheme === 'https' ? 443 : DEFAULT_PORT));
  if (!match || port < 1 || port > 65_535) {
    throw new UsageError(`address: '${given}' is no address; allowed are host:port and http://host:port`);
  }
  if (scheme === 'http' && wantsTls) {
    throw new UsageError(`address: '${given}' says http beside --tls; write https:// or host:port`);
  }
  const text = `${host}:${port}`;
  return { text, target: `dns:///${text}`, tls, isLoopback: isLoopbackHost(host) };
}

function isLoopbackHost(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}
