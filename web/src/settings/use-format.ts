import { findFormat, type Format } from '../time/format.ts';
import { findLocale, findWeekStart, isTwelveHours } from '../time/locale.ts';
import { readBrowserLocales, useLanguage } from '../i18n/text.ts';
import { useSettings } from './settings.ts';

/** How dates and times are spelled here, and in which zone. */
export function useFormat(): Format {
  const { hours, zone: chosen } = useSettings();
  const locale = useLocale();
  const zone = chosen === 'auto' ? machineZone() : chosen;
  return findFormat({
    locale,
    zone,
    isTwelveHours: hours === 'auto' ? isTwelveHours(locale) : hours === '12',
  });
}

/** 1 is Monday, 7 is Sunday. */
export function useWeekStart(): number {
  const { weekStart } = useSettings();
  const locale = useLocale();
  return weekStart === 'auto' ? findWeekStart(locale) : Number(weekStart);
}

function useLocale(): string {
  return findLocale(useLanguage(), readBrowserLocales());
}

/** UTC where the machine does not say. A machine that travels is noticed when the page is loaded again. */
export function machineZone(): string {
  return MACHINE_ZONE;
}

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
const MACHINE_ZONE = timeZone === 'Etc/Unknown' ? 'UTC' : timeZone;
