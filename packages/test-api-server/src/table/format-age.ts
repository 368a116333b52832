const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago a time was, in as few words as kubectl uses: `45s`, `3m12s`, `5h`, `12d`. */
export function formatAge(time: string, nowMs: number): string {
  const ageMs = nowMs - Date.parse(time);
  if (Number.isNaN(ageMs)) return '<invalid>';
  if (ageMs < 0) return '0s';
  if (ageMs < 2 * MINUTE_MS) return `${Math.floor(ageMs / SECOND_MS)}s`;
  if (ageMs < 10 * MINUTE_MS) return pair(ageMs, MINUTE_MS, 'm', SECOND_MS, 's');
  if (ageMs < 3 * HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)}m`;
  if (ageMs < 8 * HOUR_MS) return pair(ageMs, HOUR_MS, 'h', MINUTE_MS, 'm');
  if (ageMs < 2 * DAY_MS) return `${Math.floor(ageMs / HOUR_MS)}h`;
  if (ageMs < 8 * DAY_MS) return pair(ageMs, DAY_MS, 'd', HOUR_MS, 'h');
  return `${Math.floor(ageMs / DAY_MS)}d`;
}

function pair(ageMs: number, unitMs: number, unit: string, partMs: number, part: string): string {
  const rest = Math.floor((ageMs % unitMs) / partMs);
  return `${Math.floor(ageMs / unitMs)}${unit}${rest === 0 ? '' : `${rest}${part}`}`;
}
