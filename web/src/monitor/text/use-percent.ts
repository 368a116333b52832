import { useCallback } from 'react';
import { useFormat } from '../../settings/use-format.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** Spells a share; what is not quite all is never called 100 %. */
export function usePercent(): (share: number) => string {
  const { locale } = useFormat();
  return useCallback((share) => formatPercent(share, locale), [locale]);
}

export function formatPercent(share: number, locale: string): string {
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
    formats.set(locale, format);
  }
  return format.format(Math.floor(share * 10_000) / 10_000);
}
