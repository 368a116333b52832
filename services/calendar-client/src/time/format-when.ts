import { formatTime } from './format-time.ts';
import type { When } from './parse-when.ts';
import { resolveLocal } from './resolve-local.ts';

/** Writes a day or a time so that `parseWhen` reads the same again, whenever it is read. */
export function formatWhen(when: When): string {
  if (when.kind === 'date') return when.date.toString();
  const { time } = when;
  const local = resolveLocal(time.toPlainDateTime(), time.timeZoneId);
  // The later one of a doubled hour is told by its offset only.
  if (local.kind === 'never' || local.time.epochMilliseconds !== time.epochMilliseconds) {
    return time.toString({ timeZoneName: 'never', smallestUnit: 'second' });
  }
  return `${time.toPlainDate().toString()} ${formatTime(time)}`;
}
