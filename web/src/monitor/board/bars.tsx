import { memo, type PointerEvent } from 'react';
import { useText } from '../../i18n/text.ts';
import type { Board, Tally } from '../model.ts';
import { usePercent } from '../text/use-percent.ts';
import { useWhen } from '../text/use-when.ts';
import { findUpShare } from './apply-standings.ts';
import { drawBars, HEIGHT, STEP } from './draw-bars.ts';

interface BarsProps extends Pick<Board, 'startMs' | 'barMs'> {
  readonly bars: readonly Tally[];
}

/** How the checks of the last hours or days came out, a bar for each. Pointing at one says more of it. */
export const Bars = memo(function Bars({ bars, startMs, barMs }: BarsProps) {
  const { monitor: text } = useText();
  const percent = usePercent();
  const when = useWhen();
  const { pass, warn, fail, unknown } = drawBars(bars);
  const broken = bars.filter(({ failed }) => failed > 0).length;
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const i = Math.min(bars.length - 1, Math.floor(((event.clientX - left) / width) * bars.length));
    const bar = bars[i];
    const title = event.currentTarget.querySelector('title');
    if (!bar || !title) return;
    const share = findUpShare([bar]);
    const start = when(startMs + i * barMs, barMs >= 86_400_000 ? 'day' : 'hour');
    title.textContent = text.bar(start, share === undefined ? text.nothingKnown : percent(share), bar.failed);
  };
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${bars.length * STEP - 1} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={
        barMs >= 86_400_000 ? text.barsOfDays(bars.length, broken) : text.barsOfHours(bars.length, broken)
      }
      onPointerMove={point}
    >
      <title />
      <path className="bar-pass" d={pass} />
      <path className="bar-warn" d={warn} />
      <path className="bar-fail" d={fail} />
      <path className="bar-unknown" d={unknown} />
    </svg>
  );
});
