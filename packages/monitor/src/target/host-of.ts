/** The host of a URL, with its port where that is not the scheme's own: what a target is called by default. */
export function hostOf(url: string): string {
  return new URL(url).host;
}

/** The host and port of a URL, the port always there: the label `instance`, as Prometheus has it. */
export function instanceOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
