import { useEffect, useMemo, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { alignLines, toDrawable } from './align-lines.ts';
import { COLOURS, readColours } from './colours.ts';
import { formatValue } from './format-value.ts';
import type { DrawnLine } from './use-lines.ts';

interface RangeChartProps {
  readonly lines: readonly DrawnLine[];
  readonly startMs: number;
  readonly endMs: number;
  /** The chosen part, as shares of what is shown. */
  readonly onZoom: (from: number, to: number) => void;
  /** By a share of what is shown. */
  readonly onPan: (by: number) => void;
}

const HEIGHT_PX = 360;

/**
 * The lines of a period. Dragging chooses the part to look at, dragging with Shift moves on; the arrows move on, plus and
 * minus go nearer and further. The table below it says the same to whoever does not see it.
 */
export function RangeChart({ lines, startMs, endMs, onZoom, onPan }: RangeChartProps) {
  const { monitor: text } = useText();
  const { locale, zone, isTwelveHours } = useFormat();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(undefined);
  const act = useRef({ onZoom, onPan });
  useEffect(() => {
    act.current = { onZoom, onPan };
  });
  const data = useMemo(() => {
    const { timesS, rows } = alignLines(lines);
    return [timesS, ...rows.map(toDrawable)] as UPlot.AlignedData;
  }, [lines]);
  // Another number of lines is another chart; new values of the same lines are not.
  const shape = lines.map(({ key, colour }) => `${key} ${colour}`).join('\n');

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const made = makeChart(element, lines, { locale, zone, isTwelveHours }, (from, to) =>
      act.current.onZoom(from, to),
    );
    chart.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: HEIGHT_PX }),
    );
    observer.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const redraw = (): void => made.redraw(false);
    dark.addEventListener('change', redraw);
    return () => {
      observer.disconnect();
      dark.removeEventListener('change', redraw);
      made.destroy();
      chart.current = undefined;
    };
    // The lines are told apart by their shape: their values are set below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [shape, locale, zone, isTwelveHours]);

  useEffect(() => {
    chart.current?.batch(() => {
      chart.current?.setData(data, false);
      chart.current?.setScale('x', { min: startMs / 1000, max: endMs / 1000 });
    });
  }, [data, startMs, endMs, shape]);

  const pan = usePanDrag(place, (by) => act.current.onPan(by));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') onPan(-0.25);
    else if (event.key === 'ArrowRight') onPan(0.25);
    else if (event.key === '+' || event.key === '=') onZoom(0.25, 0.75);
    else if (event.key === '-') onZoom(-0.5, 1.5);
    else return;
    event.preventDefault();
  };
  return (
    // An application has its own keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={place}
      className="range-chart"
      role="application"
      aria-label={text.chart}
      // Its keys move and zoom.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      {...pan}
    />
  );
}

interface Spelling {
  readonly locale: string;
  readonly zone: string;
  readonly isTwelveHours: boolean;
}

function makeChart(
  element: HTMLElement,
  lines: readonly DrawnLine[],
  { locale, zone, isTwelveHours }: Spelling,
  onZoom: (from: number, to: number) => void,
): UPlot {
  const hour12 = isTwelveHours;
  const spell = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, hour12, ...options });
  const clock = spell({ hour: 'numeric', minute: '2-digit' });
  const seconds = spell({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
  const day = spell({ day: 'numeric', month: 'short' });
  const spellTimes = (_: UPlot, times: number[], __: number, ___: number, stepS: number): string[] =>
    times.map((time) => {
      const format = stepS >= 86_400 ? day : stepS >= 60 ? clock : seconds;
      return format.format(time * 1000);
    });
  const ink = (): string => readColours(element).ink;
  const grid = { stroke: () => readColours(element).line, width: 1 };
  const options: UPlot.Options = {
    width: element.clientWidth,
    height: HEIGHT_PX,
    // The table below is the legend: it can be read, and sorted through by the keyboard.
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
    scales: { x: { time: true, auto: false } },
    tzDate: (time) => UPlot.tzDate(new Date(time * 1000), zone),
    axes: [
      { stroke: ink, grid, ticks: grid, values: spellTimes },
      {
        stroke: ink,
        grid,
        ticks: grid,
        size: 64,
        values: (_, values) => values.map((value) => formatValue(value, locale)),
      },
    ],
    series: [
      {},
      ...lines.map(({ label, colour }): UPlot.Series => ({
        label,
        stroke: () => readColours(element).lines[colour % COLOURS] ?? 'currentColor',
        width: 1.5,
        spanGaps: false,
        points: { show: (_, __, first, last) => last - first < 60 },
      })),
    ],
    hooks: {
      setSelect: [
        (chart) => {
          const { left, width } = chart.select;
          const whole = chart.over.clientWidth;
          if (width > 4) onZoom(left / whole, (left + width) / whole);
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
  return new UPlot(options, [[]], element);
}

/**
 * Dragging with Shift moves on through time. A pointer that is taken here makes no mouse events, so that the chart, which
 * would choose a part, hears nothing of it.
 */
function usePanDrag(place: RefObject<HTMLElement | null>, onPan: (by: number) => void) {
  const from = useRef<number>(undefined);
  return {
    onPointerDownCapture(event: PointerEvent): void {
      if (!event.shiftKey || event.button !== 0) return;
      from.current = event.clientX;
      event.preventDefault();
      place.current?.setPointerCapture(event.pointerId);
    },
    onPointerUpCapture(event: PointerEvent): void {
      if (from.current === undefined) return;
      const moved = from.current - event.clientX;
      from.current = undefined;
      const width = place.current?.querySelector('.u-over')?.clientWidth ?? 0;
      if (width > 0 && moved !== 0) onPan(moved / width);
    },
  };
}
