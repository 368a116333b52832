import { UsageError } from '../failure.ts';
import { formatLength, parseLength, toIsoDuration } from '../time/length.ts';

/**
 * Reads `--remind 15m`, given once or more, also `15m,1d`; `none` clears.
 * @returns ISO 8601 durations before the start.
 * @throws UsageError, UnclearTime
 */
export function planReminders(given: readonly string[]): string[] {
  const parts = given.flatMap((text) => text.split(',')).map((text) => text.trim());
  if (parts.length === 1 && parts[0] === 'none') return [];
  return parts.map((text) => {
    if (text === '0') return 'PT0S';
    const length = parseLength(text);
    if (length.months > 0)
      throw new UsageError(`--remind: '${text}' is not allowed; allowed are minutes, hours, days and weeks`);
    return toIsoDuration(length);
  });
}

/** `15 min before`, from the API's ISO 8601 durations. */
export function describeReminder(iso: string): string {
  try {
    const length = parseLength(iso);
    return length.days + length.minutes === 0 ? 'at the start' : `${formatLength(length)} before`;
  } catch {
    return `${iso} before`;
  }
}
