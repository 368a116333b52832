/** What stands between double quotes. */
export function escapeValue(text: string): string {
  return /["\\\n]/.test(text)
    ? text.replace(/["\\\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))
    : text;
}

/** What stands in a HELP line; only OpenMetrics escapes quotes there. */
export function escapeHelp(text: string, isQuoteEscaped: boolean): string {
  return isQuoteEscaped
    ? escapeValue(text)
    : text.replace(/[\\\n]/g, (character) => (character === '\n' ? '\\n' : '\\\\'));
}
