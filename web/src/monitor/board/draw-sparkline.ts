import type { RecentCheck } from '../model.ts';

/** How long the latest checks took, as a path; where one failed, the line is interrupted. The longest is at the top. */
export function drawSparkline(recent: readonly RecentCheck[], width: number, height: number): string {
  const took = recent.map(({ status, durationMs }) =>
    status === 'pass' || status === 'warn' ? durationMs : undefined,
  );
  const longest = Math.max(1, ...took.map((ms) => ms ?? 0));
  const y = (ms: number): number => Math.round((1 - ms / longest) * height * 10) / 10;
  if (took.length === 1) return took[0] === undefined ? '' : `M0 ${y(took[0])}L${width} ${y(took[0])}`;
  let path = '';
  took.forEach((ms, i) => {
    if (ms === undefined) return;
    const x = Math.round((i / (took.length - 1)) * width * 10) / 10;
    path += `${i > 0 && took[i - 1] !== undefined ? 'L' : 'M'}${x} ${y(ms)}`;
  });
  return path;
}
