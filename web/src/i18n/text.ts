import { useSettings } from '../settings/settings.ts';
import { en, type Catalogue } from './en.ts';
import { ru } from './ru.ts';

export type Language = 'en' | 'ru';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ru };

/** The chosen language, else the first of the browser's that we speak. */
export function useLanguage(): Language {
  const { language } = useSettings();
  if (language !== 'auto') return language;
  const spoken = navigator.languages.map((locale) => locale.split('-')[0]);
  return spoken.find((name): name is Language => name === 'en' || name === 'ru') ?? 'en';
}

/** Every text of the page, in the language of the reader. */
export function useText(): Catalogue {
  return CATALOGUES[useLanguage()];
}
