import { useEffect, useRef } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { useSettings } from '../settings/settings.ts';
import type { View } from '../time/period.ts';
import { ACTION_KEY, runNewestAction } from '../ui/toasts.tsx';

interface ShortcutOptions {
  readonly date: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly step: (steps: number) => void;
  readonly goTo: (date: Temporal.PlainDate, view?: View) => void;
  readonly create: () => void;
  readonly openHelp: () => void;
  readonly openSettings: () => void;
}

/** The keys of the page. They are off in fields and dialogs, and wherever a person has turned them off. */
export function useShortcuts(options: ShortcutOptions): void {
  const { hasKeys } = useSettings();
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    if (!hasKeys) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      const action = actionOf(event.key, latest.current);
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [hasKeys]);
}

function actionOf(key: string, options: ShortcutOptions): (() => void) | undefined {
  const { date, today, step, goTo } = options;
  switch (key) {
    case 't':
      return () => goTo(today);
    case 'j':
    case 'PageDown':
      return () => step(1);
    case 'k':
    case 'PageUp':
      return () => step(-1);
    case 'm':
      return () => goTo(date, 'month');
    case 'w':
      return () => goTo(date, 'week');
    case 'd':
      return () => goTo(date, 'day');
    case 'a':
      return () => goTo(date, 'agenda');
    case 'n':
      return options.create;
    case 'g':
      return () => document.querySelector<HTMLElement>('.jump')?.focus();
    case '/':
      return () => document.querySelector<HTMLElement>('.search-link')?.click();
    case 'b':
      return () => document.querySelector<HTMLElement>('.monitor-link')?.click();
    case ACTION_KEY:
      return runNewestAction;
    case ',':
      return options.openSettings;
    case '?':
      return options.openHelp;
    default:
      return undefined;
  }
}

function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true;
  return target instanceof HTMLElement && target.closest('input, select, textarea') !== null;
}
