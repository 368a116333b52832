import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { askForShared } from '../../tests/_support/shared-things.ts';
import { startDaywatch, type Daywatch } from '../../services/daywatch/tests/_support/daywatch.ts';
import { makeFolder, type Folder } from '../../services/daywatch/tests/_support/folder.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { signIn } from './_support/sign-in.ts';

/** All of it in one process, as `make run` has it: a real scheduler, and a real sender that prints. */
describe.runIf(hasDebianPackage('chromium'))('reminders in the page', () => {
  let folder: Folder;
  let daywatch: Daywatch;
  let browser: TestBrowser;

  beforeAll(async () => {
    await askForShared('page');
    [folder, browser] = await Promise.all([makeFolder(), startBrowser()]);
    daywatch = await startDaywatch(folder);
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await daywatch[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  async function open(page: Page): Promise<void> {
    await signIn(page, daywatch.url, daywatch.token);
    await page.goto(daywatch.url);
    await page.locator('.view:not([aria-busy=true])').waitFor();
  }

  /** An event of which one is reminded in so many seconds, an hour before its start. */
  async function add(title: string, seconds: number, status = 201): Promise<void> {
    const start = new Date(Date.now() + 3_600_000 + seconds * 1000).toISOString();
    const answer = await daywatch.fetch('/api/v1/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        title,
        start: `${start.slice(0, 19)}Z`,
        duration: 'PT15M',
        busy: false,
        notify_before: ['PT1H'],
      }),
    });
    expect(answer.status).toBe(status);
  }

  it('should be listed while they are to come, and be seen arriving', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await open(page);
    const list = page.getByRole('region', { name: 'Reminders' });
    await list.getByText('None in the coming month').waitFor();

    await add('Far ahead', 7200);
    await add('Dentist', 5);
    const coming = list.getByRole('list', { name: 'Coming' });
    await coming.getByText('Dentist').waitFor();
    await coming.getByText('Far ahead').waitFor();

    const notice = page.locator('.toast', { hasText: 'Reminder: “Dentist”' });
    await notice.waitFor();
    const past = list.getByRole('list', { name: 'What became of the last' });
    await past.getByText('Dentist').waitFor();
    await past.getByText('sent', { exact: true }).waitFor();
    expect(await coming.getByText('Dentist').count()).toBe(0);
    // It waits for whoever was not there.
    await notice.getByRole('button', { name: 'Close' }).click();
    await notice.waitFor({ state: 'detached' });
    expect(person.complaints).toEqual([]);
  });

  it('should tell nobody again what was sent before the page was opened', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await open(page);
    await page.getByRole('list', { name: 'What became of the last' }).getByText('Dentist').waitFor();
    await add('Only this', 2);
    await page.locator('.toast', { hasText: 'Only this' }).waitFor();
    expect(await page.locator('.toast').count()).toBe(1);
  });

  it('should speak Russian, and fit on a phone', async () => {
    await using person = await browser.newPerson({ locale: 'ru-RU', viewport: { width: 375, height: 700 } });
    const { page } = person;
    await open(page);
    await add('Врач', 3);
    await page.locator('.toast', { hasText: 'Напоминание: «Врач»' }).waitFor();
    await page.locator('.toast').getByRole('button', { name: 'Закрыть' }).click();
    await page.getByRole('button', { name: 'Напоминания' }).click();
    const list = page.getByRole('dialog').getByRole('list', { name: 'Что стало с последними' });
    await list.getByText('Врач').waitFor();
    await list.getByText('отправлено', { exact: true }).first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  });
});
