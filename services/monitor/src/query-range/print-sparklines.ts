import type { RangeAnswer, RangeSeries } from './ask-range.ts';
import { describeSeries, formatValue } from './describe-series.ts';

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const MAX_WIDTH = 120;

/** Each series as a line of blocks, with its least, greatest and last value. */
export function printSparklines({ start_ms, end_ms, series }: RangeAnswer, columns: number): string {
  const width = Math.max(10, Math.min(MAX_WIDTH, columns - 2));
  const texts = series.map((each) => {
    const numbers = each.values.filter((value) => typeof value === 'number');
    const least = numbers.reduce((a, b) => Math.min(a, b), Infinity);
    const greatest = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
    const line = drawLine(each, { startMs: start_ms, endMs: end_ms, width, least, greatest });
    const last = each.values.findLast((value) => value !== null) ?? null;
    const range = numbers.length === 0 ? '' : `min ${formatValue(least)}  max ${formatValue(greatest)}  `;
    return `${describeSeries(each)}\n  ${line}\n  ${range}last ${formatValue(last)}\n`;
  });
  return texts.join('\n');
}

interface Frame {
  readonly startMs: number;
  readonly endMs: number;
  readonly width: number;
  readonly least: number;
  readonly greatest: number;
}

/** The greatest value of each column; a blank where there is none. */
export function drawLine({ timestamps_ms, values }: RangeSeries, frame: Frame): string {
  const { startMs, endMs, width, least, greatest } = frame;
  const heights = Array.from({ length: width }, () => -Infinity);
  for (const [i, value] of values.entries()) {
    if (typeof value !== 'number') continue;
    const share = ((timestamps_ms[i] ?? startMs) - startMs) / (endMs - startMs);
    const column = Math.min(width - 1, Math.max(0, Math.floor(share * width)));
    heights[column] = Math.max(heights[column] ?? -Infinity, value);
  }
  // Halves keep the difference of huge values finite. What never changes is drawn at the bottom.
  const reach = greatest / 2 - least / 2;
  const draw = (height: number): string => {
    if (height === -Infinity) return ' ';
    const share = reach === 0 ? 0 : (height / 2 - least / 2) / reach;
    return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length))] ?? ' ';
  };
  return heights.map(draw).join('').trimEnd();
}
