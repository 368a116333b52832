import type { Page } from 'playwright-core';

export interface HeldChanges {
  /** Resolves when the first of them is held. */
  readonly held: Promise<void>;
  readonly release: () => void;
}

/** Keeps changes from the server, or its answers from the page, until they are released: a line that is slow. */
export async function holdChanges(page: Page, what: 'changes' | 'answers' = 'changes'): Promise<HeldChanges> {
  const gate = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await page.route('**/api/v1/events/**', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    const response = what === 'answers' ? await route.fetch() : undefined;
    held.resolve();
    await gate.promise;
    return response ? route.fulfill({ response }) : route.continue();
  });
  return { held: held.promise, release: () => gate.resolve() };
}

/** The deletes that a page sends, from now on. */
export function watchDeletes(page: Page): readonly string[] {
  const deletes: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'DELETE') deletes.push(request.url());
  });
  return deletes;
}

/** What a browser says to a page that it leaves and keeps, and to one that it brings back. */
export async function tellPage(page: Page, name: 'pagehide' | 'pageshow'): Promise<void> {
  await page.evaluate((type) => dispatchEvent(new PageTransitionEvent(type, { persisted: true })), name);
  // What the page asked for then was asked before this.
  await page.evaluate(async () => (await fetch('/health/ready')).status);
}
