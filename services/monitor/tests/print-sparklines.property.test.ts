import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawLine } from '../src/query-range/print-sparklines.ts';

it('should always fill its width, with the greatest value highest and the least lowest', () => {
  const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(values, fc.integer({ min: 10, max: 120 }), (numbers, width) => {
      const series = {
        name: 'a',
        target: {},
        timestamps_ms: numbers.map((_, i) => i),
        values: numbers,
      };
      const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
      const line = drawLine(series, { startMs: 0, endMs: numbers.length, width, least, greatest });

      expect(line).toMatch(/^[ ▁▂▃▄▅▆▇█]+$/);
      expect(line.length).toBeLessThanOrEqual(width);
      expect(line.replaceAll(' ', '').length).toBe(Math.min(numbers.length, width));
      if (least < greatest && greatest / 2 - least / 2 > 0) expect(line).toContain('█');
    }),
  );
});

it('should draw what never changes at the bottom, and nothing where nothing is', () => {
  const series = { name: 'a', target: {}, timestamps_ms: [0, 5, 20], values: [3, 'NaN', null] as const };
  expect(drawLine(series, { startMs: 0, endMs: 100, width: 10, least: 3, greatest: 3 })).toBe('▁');
});
