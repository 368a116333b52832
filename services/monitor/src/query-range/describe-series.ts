import type { RangeSeries } from './ask-range.ts';

/** `up  job=gometr instance=localhost:8000`. */
export function describeSeries({ name, target }: RangeSeries): string {
  const { job, ...rest } = target;
  const labels = Object.entries(job === undefined ? rest : { job, ...rest });
  return [name, labels.map(([label, value]) => `${label}=${value}`).join(' ')].filter(Boolean).join('  ');
}

/** A value as people read it: what counts, and no more digits than tell it apart. */
export function formatValue(value: RangeSeries['values'][number]): string {
  if (typeof value !== 'number') return value ?? 'ended';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
