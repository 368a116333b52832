import { useCallback } from 'react';
import { useFormat } from '../../settings/use-format.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** Spells how long something has lasted, in its greatest unit: `5 minutes`. */
export function useLasting(): (ms: number) => string {
  const { locale } = useFormat();
  return useCallback((ms) => formatLasting(ms, locale), [locale]);
}

export function formatLasting(ms: number, locale: string): string {
  const [unit, unitMs] = UNITS.find(([, each]) => ms >= each) ?? UNITS[3];
  const key = `${locale} ${unit}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
    formats.set(key, format);
  }
  return format.format(Math.max(0, Math.floor(ms / unitMs)));
}

const formats = new Map<string, Intl.NumberFormat>();
