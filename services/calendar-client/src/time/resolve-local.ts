import type { Temporal } from 'temporal-polyfill';

/** What a wall-clock time is in a zone. */
export type LocalResolution =
  | { readonly kind: 'once'; readonly time: Temporal.ZonedDateTime }
  /** A clock change repeats the hour: the earlier of the two is taken. */
  | {
      readonly kind: 'twice';
      readonly time: Temporal.ZonedDateTime;
      readonly later: Temporal.ZonedDateTime;
    }
  /** A clock change removes the time: clocks go from `from` to `to`. */
  | { readonly kind: 'never'; readonly from: Temporal.PlainDateTime; readonly to: Temporal.PlainDateTime };

export function resolveLocal(local: Temporal.PlainDateTime, zone: string): LocalResolution {
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { kind: 'once', time: earlier };
  if (earlier.toPlainDateTime().equals(local)) return { kind: 'twice', time: earlier, later };
  const gapMs = (later.offsetNanoseconds - earlier.offsetNanoseconds) / 1e6;
  const change = later.getTimeZoneTransition('previous');
  const to = (change ?? later).toPlainDateTime();
  return { kind: 'never', from: to.subtract({ milliseconds: gapMs }), to };
}
