import { useCallback } from 'react';
import { useFormat } from '../../settings/use-format.ts';

type Precision = 'day' | 'hour' | 'minute' | 'second';

const OPTIONS: Readonly<Record<Precision, Intl.DateTimeFormatOptions>> = {
  day: { day: 'numeric', month: 'short', timeZone: 'UTC' },
  hour: { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  minute: { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  second: { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Spells a moment. Days are those of UTC, as the server counts them; all else is of the person's zone. */
export function useWhen(): (ms: number, precision: Precision) => string {
  const { locale, zone, isTwelveHours } = useFormat();
  return useCallback(
    (ms, precision) => {
      const key = [locale, zone, isTwelveHours, precision].join();
      let format = formats.get(key);
      if (!format) {
        const options = { timeZone: zone, hour12: isTwelveHours, ...OPTIONS[precision] };
        format = new Intl.DateTimeFormat(locale, options);
        formats.set(key, format);
      }
      return format.format(ms);
    },
    [locale, zone, isTwelveHours],
  );
}
