import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';
import { waitFor } from './_support/wait-for.ts';

const CLIENT = join(import.meta.dirname, '../../services/calendar-client/src/main.ts');

describe.runIf(hasDebianPackage('chromium'))('the live page', () => {
  let calendar: TestCalendar;
  let browser: TestBrowser;

  beforeAll(async () => {
    [calendar, browser] = await Promise.all([startCalendar(), startBrowser()]);
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await calendar[Symbol.asyncDispose]();
  });

  const chip = (page: Page, title: string) => page.getByRole('button', { name: new RegExp(title) });

  async function streams(): Promise<number> {
    const metrics = await (await fetch(`${calendar.origin}/metrics`)).text();
    return Number(/^api_streams (\d+)$/m.exec(metrics)?.[1]);
  }

  it('should show what is changed over gRPC, without being asked', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-05-01');
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    const { host } = new URL(calendar.origin);
    await promisify(execFile)(
      process.execPath,
      [CLIENT, '--address', host, 'add', 'By gRPC', '2031-05-06', '9:00', '--for', '45m'],
      { env: { ...process.env, DAYWATCH_TOKEN: calendar.token } },
    );
    await chip(page, 'By gRPC').waitFor();
    // Nothing is polled: what was asked was asked because of the change.
    expect(requests.filter((path) => path === '/api/v1/calendars').length).toBeLessThanOrEqual(2);
  });

  it('should hold no connection while nobody sees it, and catch up when somebody does', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-06-01');
    await waitFor('the stream', async () => ((await streams()) === 1 ? true : undefined));

    await hide(page, true);
    await waitFor('its end', async () => ((await streams()) === 0 ? true : undefined));
    await calendar.add({ title: 'Unseen', start: '2031-06-06T09:00:00', duration: 'PT1H' });
    await hide(page, false);
    await chip(page, 'Unseen').waitFor();
  });

  it('should catch up when the machine slept and its connection is dead', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-07-01');
    await page.context().setOffline(true);
    await calendar.add({ title: 'While asleep', start: '2031-07-06T09:00:00', duration: 'PT1H' });
    await page.context().setOffline(false);
    await chip(page, 'While asleep').waitFor();
  });

  it('should end with the token that the browser signed in with', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-08-01');
    await calendar.revokeToken();
    await page.getByRole('heading', { name: 'Sign in to Daywatch' }).waitFor();
  });
});

async function hide(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}
