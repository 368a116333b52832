/** 9999-12-31T23:59:59.999Z: later times have no RFC 3339 form. */
const MAX_TIME_MS = 253_402_300_799_999;

const MIN_LIFETIME_MS = 1000;

/**
 * Turns a lifetime in milliseconds into the moment at which it ends; null stays null: no end.
 * @throws RangeError that names the value and what is allowed.
 */
export function parseExpiry(lifetimeMs: number | null, nowMs: number): number | null {
  if (lifetimeMs === null) return null;
  const expiresAtMs = nowMs + Math.trunc(lifetimeMs);
  if (lifetimeMs >= MIN_LIFETIME_MS && expiresAtMs <= MAX_TIME_MS) return expiresAtMs;
  throw new RangeError(
    `a lifetime of ${lifetimeMs} ms is not allowed; allowed is from 1 s on, ending by the year 9999`,
  );
}
