import { chromium, type Page } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PersonOptions {
  readonly locale?: string;
  readonly timezoneId?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  /** Whether things may move; they may not unless a test says so, which is quicker. */
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly hasTouch?: boolean;
  /** A browser of a phone: no pointer hovers. */
  readonly isMobile?: boolean;
}

/** A person before the page: a browser window with cookies and storage of its own. */
export interface Person extends AsyncDisposable {
  readonly page: Page;
  /** What the page complained about: errors of scripts, and what its policy barred. */
  readonly complaints: readonly string[];
}

export interface TestBrowser extends AsyncDisposable {
  readonly newPerson: (options?: PersonOptions) => Promise<Person>;
}

/** Starts Debian's Chromium, with a profile that is thrown away. */
export async function startBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  return {
    async newPerson(options = {}) {
      const context = await browser.newContext({
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text());
      });
      page.on('requestfailed', (request) => {
        const reason = request.failure()?.errorText ?? 'nobody says why';
        // What is given up on leaving a page is no news; anything else tells why a test that waits for it fails.
        if (reason !== 'net::ERR_ABORTED') console.warn(`${request.url()} failed: ${reason}`);
      });
      return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
