import { memo } from 'react';
import { useText } from '../../i18n/text.ts';
import type { RecentCheck } from '../model.ts';
import { drawSparkline } from './draw-sparkline.ts';

const WIDTH = 120;
const HEIGHT = 24;

/** How long the latest checks took. */
export const Sparkline = memo(function Sparkline({ recent }: { readonly recent: readonly RecentCheck[] }) {
  const { monitor: text } = useText();
  return (
    <svg
      className="sparkline"
      viewBox={`-1 -2 ${WIDTH + 2} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={text.sparkline(recent.length)}
    >
      <path d={drawSparkline(recent, WIDTH, HEIGHT)} />
    </svg>
  );
});
