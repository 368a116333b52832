/** Text on one line for a message, cut where it is long. */
export function shorten(text: string, maxLength = 80): string {
  const line = text.replaceAll('\r', String.raw`\r`).replaceAll('\n', String.raw`\n`);
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}
