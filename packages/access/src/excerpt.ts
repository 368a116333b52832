const MAX_SHOWN = 60;

/** Quotes a value from outside for a message: printable ASCII, and not more than a line's worth of it. */
export function excerpt(value: string): string {
  const cut = value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
  return `'${cut.replaceAll(/[^\u0020-\u007e…]/gu, '?')}'`;
}
