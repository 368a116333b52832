/**
 * When a target is first due after a moment: at its own offset into the interval, counted from 1970. So targets
 * are spread over their interval, and a restart does not change when each has its turn.
 */
export function firstDelayMs(id: string, intervalMs: number, nowMs: number): number {
  const offsetMs = hashText(id) % intervalMs;
  const intoMs = ((nowMs % intervalMs) + intervalMs) % intervalMs;
  return (offsetMs - intoMs + intervalMs) % intervalMs;
}

/** FNV-1a with a finish that spreads what differs in its last character alone. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
