/** Whether a Host header is one that this process answers to. */
export type HostCheck = (host: string) => boolean;

/**
 * A web page of another origin can make a browser talk to this machine under a name of its own (DNS
 * rebinding); the Host header then gives it away. Loopback names and addresses are allowed with any port,
 * and what `allowedHosts` lists: a name, `*.example.org` for any name below it, or `*` for any.
 */
export function createHostCheck(allowedHosts: readonly string[]): HostCheck {
  const names = new Set(allowedHosts.map((host) => nameOf(host) ?? host.toLowerCase()));
  const suffixes = [...names].filter((name) => name.startsWith('*.')).map((name) => name.slice(1));
  const isNameAllowed = (name: string): boolean =>
    names.has('*') || names.has(name) || isLoopback(name) || suffixes.some((suffix) => name.endsWith(suffix));
  // Clients send the same few values over and over.
  const known = new Map<string, boolean>();
  return (host) => {
    let isAllowed = known.get(host);
    if (isAllowed === undefined) {
      const name = nameOf(host);
      isAllowed = name !== undefined && isNameAllowed(name);
      if (known.size < 100) known.set(host, isAllowed);
    }
    return isAllowed;
  };
}

/** The name or address without port, brackets and the dot at the end, in small letters; undefined for nonsense. */
function nameOf(host: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._*-]+))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2])?.toLowerCase().replace(/\.$/, '');
}

function isLoopback(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(name)
  );
}
