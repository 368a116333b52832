/** What may be shown of a URL: never its user name, password or query, where secrets may be. */
export function describeUrl(text: string): string {
  if (!URL.canParse(text)) {
    // Whatever stands before an @ may be a password, wherever the writer meant to put it.
    return text
      .replace(/^.*@/s, '')
      .replace(/[?#].*$/s, '')
      .slice(0, 100);
  }
  const { protocol, host, pathname } = new URL(text);
  return host === '' ? `${protocol}…` : `${protocol}//${host}${pathname}`.slice(0, 200);
}
