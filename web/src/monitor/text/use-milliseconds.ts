import { useCallback } from 'react';
import { useFormat } from '../../settings/use-format.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** Spells how long an answer took: `4 ms`, `1.2 s`. */
export function useMilliseconds(): (ms: number) => string {
  const { locale } = useFormat();
  return useCallback((ms) => formatMilliseconds(ms, locale), [locale]);
}

export function formatMilliseconds(ms: number, locale: string): string {
  const unit = ms < 1000 ? 'millisecond' : 'second';
  const key = `${locale} ${unit}`;
  let format = formats.get(key);
  if (!format) {
    const maximumFractionDigits = unit === 'second' ? 1 : 0;
    format = new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits,
    });
    formats.set(key, format);
  }
  return format.format(unit === 'second' ? ms / 1000 : ms);
}
