import type { Page, Request } from 'playwright-core';

const QUIET_MS = 500;

/** Watches what a page asks for. Begin before the page is opened. */
export interface Traffic {
  /** Resolves when nothing has been asked for a while. Streams of events, which stay open, do not count. */
  readonly quiet: () => Promise<void>;
}

export function watchTraffic(page: Page): Traffic {
  const running = new Set<Request>();
  let lastMs = Date.now();
  const end = (request: Request): void => {
    running.delete(request);
    lastMs = Date.now();
  };
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') running.add(request);
    lastMs = Date.now();
  });
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return {
    async quiet() {
      while (running.size > 0 || Date.now() - lastMs < QUIET_MS) {
        await new Promise((done) => {
          setTimeout(done, 50);
        });
      }
    },
  };
}
