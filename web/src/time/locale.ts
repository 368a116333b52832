/** The week as the locale begins it: 1 is Monday, 7 is Sunday. */
export function findWeekStart(locale: string): number {
  const { getWeekInfo, weekInfo } = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (getWeekInfo?.call(new Intl.Locale(locale)) ?? weekInfo)?.firstDay ?? 1;
}

/** Whether the locale counts hours to 12 twice. */
export function isTwelveHours(locale: string): boolean {
  let known = twelveHours.get(locale);
  if (known === undefined) {
    const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
    known = hourCycle === 'h11' || hourCycle === 'h12';
    twelveHours.set(locale, known);
  }
  return known;
}

/** Asked by everything that shows a time. */
const twelveHours = new Map<string, boolean>();

/** The locale of the browser that speaks the language of the page; it brings the country's habits with it. */
export function findLocale(language: string, browserLocales: readonly string[]): string {
  return browserLocales.find((locale) => locale.split('-')[0] === language) ?? language;
}
