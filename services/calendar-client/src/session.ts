import type { Temporal } from 'temporal-polyfill';
import { connectCalendarApi, type CalendarApi } from './api/calendar-api.ts';
import { presentIn, readSettings, type GlobalOptions, type Settings } from './settings.ts';
import type { Surroundings, Terminal } from './surroundings.ts';
import { sanitizeLine, toSafeJson } from './text/sanitize.ts';
import { createStyle, type Style } from './text/style.ts';
import { VERSION } from './version.ts';

/** What a command works with. */
export interface Session {
  readonly api: CalendarApi;
  readonly settings: Settings;
  /** The present in the person's zone. */
  readonly now: Temporal.ZonedDateTime;
  readonly newId: () => string;
  readonly terminal: Terminal;
  readonly style: Style;
  /** The columns that lines may take; without a terminal there is no end to them. */
  readonly width: number;
  /** Writes lines of data. They must be safe for a terminal already. */
  readonly print: (...lines: readonly string[]) => void;
  /** Writes the one JSON document of `--json`. */
  readonly printJson: (value: unknown) => void;
  /** Tells the person something beside the data; silent with `--json`. */
  readonly note: (...lines: readonly string[]) => void;
}

export async function openSession(options: GlobalOptions, surroundings: Surroundings): Promise<Session> {
  const { terminal } = surroundings;
  const settings = await readSettings(options, surroundings);
  const { address, token, ca, timeoutMs, zone, json } = settings;
  const note = (...lines: readonly string[]): void => {
    if (!json) terminal.writeErr(lines.map((line) => `${line}\n`).join(''));
  };
  if (token && !address.tls && !address.isLoopback) {
    note(`warning: the token travels to ${address.text} unencrypted; use --tls where others can listen`);
  }
  const userAgent = `calendar_client/${VERSION}`;
  return {
    api: await connectCalendarApi({ address, token: token?.token, ca, timeoutMs, userAgent }),
    settings,
    now: presentIn(zone, surroundings.now()),
    newId: surroundings.newId,
    terminal,
    style: styleFor(surroundings, terminal.isOutTty),
    width: terminal.isOutTty ? Math.max(20, terminal.columns ?? 80) : Number.POSITIVE_INFINITY,
    print: (...lines) => terminal.writeOut(lines.map((line) => `${line}\n`).join('')),
    printJson: (value) => terminal.writeOut(`${toSafeJson(value)}\n`),
    note: (...lines) => note(...lines.map(sanitizeLine)),
  };
}

/** Colours for terminals that have them, unless NO_COLOR (no-color.org) asks for none. */
export function styleFor({ env }: Surroundings, isTty: boolean): Style {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const isPlain = Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
  // Without a terminal the reader is a program or a file: UTF-8, unless the locale says otherwise.
  return createStyle({ color: isTty && !isPlain, unicode: locale === '' || /utf-?8/i.test(locale) });
}
