import type { Target } from '../../check/caller.ts';

/** The address of a server as it can be reached from here. */
export function reachUrl(address: string, defaultPort: number, target: Target): string {
  const url = URL.parse(address);
  if (!url) throw new Error(`'${address}' is no address`);
  const at = target.reach(url.hostname.replaceAll(/^\[|\]$/g, ''), Number(url.port || defaultPort));
  url.hostname = at.host;
  url.port = String(at.port);
  return url.href;
}
