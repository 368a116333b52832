import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';

const SETTINGS = '**/assets/settings-dialog-*.js';

/** What is loaded only when it is shown, when it cannot be loaded. */
describe.runIf(hasDebianPackage('chromium'))('a part of the page that is not there', () => {
  let calendar: TestCalendar;
  let browser: TestBrowser;

  beforeAll(async () => {
    [calendar, browser] = await Promise.all([startCalendar(), startBrowser()]);
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await calendar[Symbol.asyncDispose]();
  });

  it('should come by itself when the server is back', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-03-01');
    // What the settings share with it is here then, and no longer being asked for.
    await page.getByRole('button', { name: 'New event' }).click();
    await page.getByLabel('Title', { exact: true }).waitFor();
    await page.keyboard.press('Escape');

    await calendar.stop();
    await page.getByText('The server does not answer').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    expect(await page.getByRole('grid').count()).toBe(1);

    await calendar.start();
    await page.getByLabel('Language').waitFor();
  });

  it('should leave the page there that notices only by it that the server is away', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-03-01');
    await page.route(SETTINGS, (route) => route.abort());
    await page.route('**/health/ready', (route) => route.abort());

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText('The server does not answer').waitFor();
    expect(await page.getByRole('grid').count()).toBe(1);

    const load = page.waitForEvent('load');
    await page.unrouteAll();
    await load;
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Language').waitFor();
  });

  it('should lead to the page of the version that the server has become', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-03-01');
    await page.route(SETTINGS, (route) => route.fulfill({ status: 404 }));

    const load = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Settings' }).click();
    await load;
    await page.unroute(SETTINGS);

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Language').waitFor();
  });

  it('should be told of, and not for ever loaded anew, where the server never has it', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-03-01');
    await page.route(SETTINGS, (route) => route.fulfill({ status: 404 }));
    const load = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Settings' }).click();
    await load;

    await page.getByRole('button', { name: 'Settings' }).click();

    await page.getByRole('heading', { name: 'Something unexpected happened' }).waitFor();
    await page.unroute(SETTINGS);
    await page.getByRole('button', { name: 'Load the page again' }).click();
    await page.getByRole('grid').waitFor();
  });
});
