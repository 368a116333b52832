import type { CheckStatus, Tally } from '../model.ts';

/** In units of the drawing: each bar, and the gap after it. */
const WIDTH = 3;
export const STEP = 4;
export const HEIGHT = 28;
/** A failure of seconds is seen beside a day of passes. */
const LEAST = 8;
/** Nothing is known, not even that. */
const NOTHING = 2;

/**
 * The bars as one path for each status: a board of hundreds of targets has tens of thousands of bars, which as
 * elements of their own a browser would take seconds to lay out.
 */
export function drawBars(bars: readonly Tally[]): Readonly<Record<CheckStatus, string>> {
  const paths = { pass: '', warn: '', fail: '', unknown: '' };
  bars.forEach((tally, i) => {
    const x = i * STEP;
    const { passed, warned, failed, unknown } = tally;
    const known = passed + warned + failed;
    if (known === 0) {
      const height = unknown > 0 ? LEAST : NOTHING;
      paths.unknown += draw(x, HEIGHT - height, height);
      return;
    }
    const broken = failed === 0 ? 0 : Math.max(LEAST, Math.round((failed / known) * HEIGHT));
    if (broken > 0) paths.fail += draw(x, HEIGHT - broken, broken);
    if (broken < HEIGHT) paths[warned > 0 ? 'warn' : 'pass'] += draw(x, 0, HEIGHT - broken);
  });
  return paths;
}

function draw(x: number, y: number, height: number): string {
  return `M${x} ${y}h${WIDTH}v${height}h-${WIDTH}z`;
}
