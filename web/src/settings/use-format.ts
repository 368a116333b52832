import { useMemo } from 'react';
import { createFormat, type Format } from '../time/format.ts';
import { findLocale, findWeekStart, isTwelveHours } from '../time/locale.ts';
import { useLanguage } from '../i18n/text.ts';
import { useSettings } from './settings.ts';

/** How dates and times are spelled here, and in which zone. */
export function useFormat(): Format {
  const { hours, zone: chosen } = useSettings();
  const locale = useLocale();
  const zone = chosen === 'auto' ? machineZone() : chosen;
  return useMemo(
    () =>
      createFormat({
        locale,
        zone,
        isTwelveHours: hours === 'auto' ? isTwelveHours(locale) : hours === '12',
      }),
    [locale, zone, hours],
  );
}

/** 1 is Monday, 7 is Sunday. */
export function useWeekStart(): number {
  const { weekStart } = useSettings();
  const locale = useLocale();
  return weekStart === 'auto' ? findWeekStart(locale) : Number(weekStart);
}

function useLocale(): string {
  return findLocale(useLanguage(), navigator.languages);
}

/** UTC where the machine does not say. */
export function machineZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone === 'Etc/Unknown' ? 'UTC' : timeZone;
}
