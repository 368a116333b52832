import { useEffect, useState } from 'react';
import { LAST_RANGES, type Range } from './explorer-state.ts';

const FASTEST_MS = 5000;
/** On a drawing of so many pixels nothing moves in less time than one of them is. */
const PIXELS = 500;

/** The present, as often as a period that goes on is to be drawn anew; it stands still for one that stays. */
export function useTick(range: Range): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const everyMs = range.kind === 'last' ? Math.max(FASTEST_MS, LAST_RANGES[range.name] / PIXELS) : 0;
  useEffect(() => {
    if (everyMs === 0) return undefined;
    const tell = (): void => {
      if (!document.hidden) setNowMs(Date.now());
    };
    // It may have stood still for long.
    const first = setTimeout(tell, 0);
    const timer = setInterval(tell, everyMs);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [everyMs]);
  return nowMs;
}
