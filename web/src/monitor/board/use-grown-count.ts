import { startTransition, useEffect, useState } from 'react';

const FIRST = 24;
const STEP = 24;

/**
 * How many of so many rows are drawn by now: those that are seen at first, then more and more, a few at a time, so
 * that no single piece of work keeps the page from answering.
 */
export function useGrownCount(total: number): number {
  const [count, setCount] = useState(FIRST);
  useEffect(() => {
    if (count >= total) return undefined;
    const timer = setTimeout(() => startTransition(() => setCount(count + STEP)), 0);
    return () => clearTimeout(timer);
  }, [count, total]);
  return Math.min(count, total);
}
