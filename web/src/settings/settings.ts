import { useSyncExternalStore } from 'react';

/** What a person chooses for this browser. `auto` follows the locale or the system. */
export interface Settings {
  readonly language: 'auto' | 'en' | 'ru';
  readonly theme: 'auto' | 'light' | 'dark';
  readonly hours: 'auto' | '12' | '24';
  /** 1 is Monday, 7 is Sunday. */
  readonly weekStart: 'auto' | '1' | '6' | '7';
  /** An IANA zone, or that of the machine. */
  readonly zone: string;
  /** A second zone beside the first; empty for none. */
  readonly secondZone: string;
  /** Whether single keys do something. */
  readonly hasKeys: boolean;
  /** Ids of calendars that are not shown. */
  readonly hiddenCalendars: readonly string[];
}

const DEFAULTS: Settings = {
  language: 'auto',
  theme: 'auto',
  hours: 'auto',
  weekStart: 'auto',
  zone: 'auto',
  secondZone: '',
  hasKeys: true,
  hiddenCalendars: [],
};

/** `public/theme.js` reads it too, before anything is drawn. */
const KEY = 'daywatch.settings';

let current = read();
const listeners = new Set<() => void>();

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, () => current);
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  applyTheme(current.theme);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A value of an older page, or one that somebody edited, must not break this one. */
function read(): Settings {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<keyof Settings, unknown>>;
    const sound = Object.entries(stored).filter(
      ([key, value]) =>
        key in DEFAULTS &&
        typeof value === typeof DEFAULTS[key as keyof Settings] &&
        Array.isArray(value) === Array.isArray(DEFAULTS[key as keyof Settings]),
    );
    const settings: Settings = { ...DEFAULTS, ...(Object.fromEntries(sound) as Partial<Settings>) };
    return {
      ...settings,
      zone: knownZone(settings.zone, 'auto'),
      secondZone: knownZone(settings.secondZone, ''),
    };
  } catch {
    return DEFAULTS;
  }
}

function knownZone(zone: string, otherwise: string): string {
  return zone === 'auto' || isZone(zone) ? zone : otherwise;
}

export function isZone(zone: string): boolean {
  try {
    return zone !== '' && Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

function applyTheme(theme: Settings['theme']): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
