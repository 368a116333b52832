import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { askForShared } from '../../tests/_support/shared-things.ts';
import { startDaywatch, type Daywatch } from '../../services/daywatch/tests/_support/daywatch.ts';
import { makeFolder, type Folder } from '../../services/daywatch/tests/_support/folder.ts';
import { runProgram } from '../../services/daywatch/tests/_support/run-program.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { openShop, type Shop } from './_support/shop.ts';
import { signIn } from './_support/sign-in.ts';
import { waitFor } from './_support/wait-for.ts';

/** What the board asks, and what it is told. */
describe.runIf(hasDebianPackage('chromium'))('the board, kept up to date', () => {
  let folder: Folder;
  let shop: Shop;
  let daywatch: Daywatch;
  let browser: TestBrowser;

  beforeAll(async () => {
    await askForShared('page');
    [folder, browser, shop] = await Promise.all([makeFolder(), startBrowser(), openShop()]);
    const targets = [{ name: 'shop', domain: 'shop', url: shop.url, interval: '200ms', timeout: '200ms' }];
    daywatch = await startDaywatch(folder, { env: { DAYWATCH_TARGETS: JSON.stringify(targets) } });
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await daywatch[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const row = (page: Page, name: string) =>
    page.locator('.check', { has: page.getByRole('heading', { name }) });

  /** The boards that a page asks for, from now on. */
  function watchBoards(page: Page): readonly string[] {
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname === '/api/v1/monitor/board') asked.push(search);
    });
    return asked;
  }

  /** @returns what waits until the page has been told of so many changes more. */
  async function watchChanges(page: Page): Promise<(more: number) => Promise<void>> {
    let told = 0;
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    cdp.on('Network.eventSourceMessageReceived', ({ eventName }) => {
      if (eventName === 'changes') told += 1;
    });
    return async (more) => {
      const enough = told + more;
      await waitFor(`${more} changes`, async () => (told >= enough ? true : undefined));
    };
  }

  it('should ask for the board at first, and then listen', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await signIn(page, daywatch.url, daywatch.token);
    const asked = watchBoards(page);
    const untilTold = await watchChanges(page);
    await page.goto(`${daywatch.url}/monitor`);
    await row(page, 'shop').getByText('Fine').waitFor();
    await untilTold(1);
    // Where the stream is slow to open, the board is asked for without it, and again when it is there.
    const first = asked.length;
    expect(new Set(asked)).toEqual(new Set(['?period=24h&recent=30']));
    await untilTold(2);
    expect(asked).toHaveLength(first);
    await page.getByRole('link', { name: '90 days' }).click();
    await untilTold(2);
    expect(asked.slice(first)).toEqual(['?period=90d&recent=30']);
  });

  it('should ask anew each minute, however often something changes', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await page.clock.install();
    await signIn(page, daywatch.url, daywatch.token);
    const asked = watchBoards(page);
    const untilTold = await watchChanges(page);
    await page.goto(`${daywatch.url}/monitor`);
    await row(page, 'shop').getByText('Fine').waitFor();
    await untilTold(1);
    const first = asked.length;
    // In steps that are shorter than the time after which a silent stream is taken for dead.
    for (const seconds of [25, 25, 25]) {
      await page.clock.fastForward(seconds * 1000);
      await untilTold(2);
    }
    await waitFor('another board', async () => (asked.length > first ? true : undefined));
  });

  it('should say that it may be out of date when the server refuses to go on', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await signIn(page, daywatch.url, daywatch.token);
    // Without the stream the board is asked for every two seconds.
    await page.route('**/api/v1/monitor/events', (route) => route.abort());
    await page.goto(`${daywatch.url}/monitor`);
    await row(page, 'shop').getByText('Fine').waitFor();
    const board = '**/api/v1/monitor/board?*';
    await page.route(board, (route) =>
      route.fulfill({
        status: 500,
        json: { code: 500, error: 'internal', message: 'it broke', details: [] },
      }),
    );
    await page.getByRole('alert').getByText('out of date: it broke').waitFor();
    expect(await row(page, 'shop').count()).toBe(1);
    await page.unroute(board);
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('should lead to the sign-in when a token that is for the monitor alone is revoked', async () => {
    const tokens = async (...args: readonly string[]): Promise<string> => {
      const { stdout, stderr, code } = await runProgram(['token', ...args], { cwd: folder.path });
      if (code !== 0) throw new Error(stderr);
      return stdout.trim();
    };
    const secret = await tokens('create', 'wall', '--user', 'me', '--scope', 'monitor:read');
    await using person = await browser.newPerson();
    const { page } = person;
    await signIn(page, daywatch.url, secret);
    await page.goto(`${daywatch.url}/monitor`);
    await row(page, 'shop').getByText('Fine').waitFor();
    await tokens('revoke', 'wall');
    await page.getByRole('heading', { name: 'Sign in to Daywatch' }).waitFor();
  });
});
