import { useLayoutEffect, useState, type RefObject } from 'react';

/** In the style sheet too: what stands above the lines of a day, and how high one line is. */
const HEAD_PX = 30;
const LANE_PX = 25;

/** How many lines fit into a day of the month. */
export function useLaneCount(grid: RefObject<HTMLElement | null>): number {
  const [lanes, setLanes] = useState(3);
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return undefined;
    const measure = (): void => {
      const week = element.querySelector('.month-week');
      const height = week?.clientHeight ?? 0;
      setLanes(Math.max(1, Math.floor((height - HEAD_PX) / LANE_PX)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [grid]);
  return lanes;
}
