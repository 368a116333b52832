import { useSettings } from '../settings/settings.ts';
import { en, type Catalogue } from './en.ts';
import { ru } from './ru.ts';

export type Language = 'en' | 'ru';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ru };

/** Asked for by everything that is drawn; the browser makes a new list for each who asks. */
let browserLocales = navigator.languages;
globalThis.addEventListener?.('languagechange', () => {
  browserLocales = navigator.languages;
});

/** What the browser speaks, the favourite first. */
export function readBrowserLocales(): readonly string[] {
  return browserLocales;
}

/** The chosen language, else the first of the browser's that we speak. */
export function useLanguage(): Language {
  const { language } = useSettings();
  if (language !== 'auto') return language;
  const spoken = browserLocales.map((locale) => locale.split('-')[0]);
  return spoken.find((name): name is Language => name === 'en' || name === 'ru') ?? 'en';
}

/** Every text of the page, in the language of the reader. */
export function useText(): Catalogue {
  return CATALOGUES[useLanguage()];
}
