import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { askForShared } from '../../tests/_support/shared-things.ts';
import { startDaywatch, type Daywatch } from '../../services/daywatch/tests/_support/daywatch.ts';
import { makeFolder, type Folder } from '../../services/daywatch/tests/_support/folder.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { signIn } from './_support/sign-in.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const VIEWS = ['month', 'week', 'day', 'agenda'].map((view) => `/${view}/${TODAY}`);
const PLACES = [...VIEWS, '/search?q=dentist', '/monitor', '/monitor/targets', '/monitor/explorer'];
const WIDTHS = [375, 1280];

interface Shift {
  readonly value: number;
  /** What moved, each by its class or tag. */
  readonly moved: readonly string[];
}

/** Nothing jumps under the eye or the finger, and nothing moves for those who do not want it. */
describe.runIf(hasDebianPackage('chromium'))('the page while it loads', () => {
  let folder: Folder;
  let daywatch: Daywatch;
  let browser: TestBrowser;

  beforeAll(async () => {
    await askForShared('page');
    [folder, browser] = await Promise.all([makeFolder(), startBrowser()]);
    daywatch = await startDaywatch(folder, {});
    for (const title of ['Dentist', 'Lunch', 'Call']) {
      const start = `${TODAY}T${10 + title.length}:00:00`;
      const answer = await fetch(`${daywatch.url}/api/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${daywatch.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ title, start, duration: 'PT30M', time_zone: 'Europe/Berlin' }),
      });
      expect(answer.status).toBe(201);
    }
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await daywatch[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it.each(WIDTHS)('should move nothing that is drawn when its answers come, %i wide', async (width) => {
    const shifts: Record<string, readonly Shift[]> = {};
    for (const place of PLACES) {
      await using person = await browser.newPerson({ viewport: { width, height: 700 } });
      const { page } = person;
      await signIn(page, daywatch.url, daywatch.token);
      const seen = await watchShifts(page);
      const release = await holdAnswers(page);
      await page.goto(daywatch.url + place);
      await page.locator('main').waitFor();
      await page.evaluate(nextFrames);
      release();
      await page.waitForLoadState('networkidle');
      await page.evaluate(nextFrames);
      shifts[place] = await seen();
    }
    expect(shifts).toEqual(Object.fromEntries(PLACES.map((place) => [place, []])));
  });

  it.each(['reduce', 'no-preference'] as const)('should move as it is wished: %s', async (reducedMotion) => {
    await using person = await browser.newPerson({ reducedMotion });
    const { page } = person;
    await signIn(page, daywatch.url, daywatch.token);
    const moving = new Set<string>();
    for (const place of PLACES) {
      await page.goto(daywatch.url + place);
      await page.waitForLoadState('networkidle');
      for (const name of await page.evaluate(findMoving)) moving.add(name);
    }
    await page.goto(`${daywatch.url}/month/${TODAY}`);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Language').waitFor();
    for (const name of await page.evaluate(findMoving)) moving.add(name);

    if (reducedMotion === 'reduce') expect(Array.from(moving)).toEqual([]);
    else expect(moving.size).toBeGreaterThan(0);
  });
});

/** Keeps all answers of the API back until what is drawn without them stands. */
async function holdAnswers(page: Page): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.route('**/api/v1/**', async (route) => {
    await gate.promise;
    await route.continue();
  });
  return () => gate.resolve();
}

/** Records what moves without a person having done anything. @returns what was recorded up to now */
async function watchShifts(page: Page): Promise<() => Promise<readonly Shift[]>> {
  await page.addInitScript(() => {
    const shifts: Shift[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput, sources } = entry as unknown as {
          readonly value: number;
          readonly hadRecentInput: boolean;
          readonly sources: readonly { readonly node: Element | null }[];
        };
        const moved = sources.map(({ node }) => node?.className || node?.nodeName || 'gone');
        if (!hadRecentInput) shifts.push({ value, moved });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { readonly shifts: readonly Shift[] }).shifts);
}

function nextFrames(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}

/** The elements that have an animation or a transition of any length. */
function findMoving(): readonly string[] {
  return Array.from(document.querySelectorAll('*'))
    .filter((element) => {
      const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
      const isSlow = transitionDuration.split(',').some((duration) => parseFloat(duration) > 0);
      return isSlow || animationName !== 'none' || scrollBehavior === 'smooth';
    })
    .map((element) => element.className || element.nodeName);
}
