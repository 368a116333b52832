import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';

const BUDGET_BYTES = 250 * 1024;

describe.runIf(hasDebianPackage('chromium'))('the page', () => {
  let calendar: TestCalendar;
  let browser: TestBrowser;

  beforeAll(async () => {
    [calendar, browser] = await Promise.all([startCalendar(), startBrowser()]);
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await calendar[Symbol.asyncDispose]();
  });

  it('should let nobody in without a credential, refuse a wrong token, and take a right one', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(calendar.origin);
    await page.getByRole('heading', { name: 'Sign in to Daywatch' }).waitFor();
    expect(await page.getByRole('grid').count()).toBe(0);
    // Once is enough to know; the page that is drawn meanwhile would be seen again.
    expect(asked.filter((path) => path === '/api/v1/calendars')).toHaveLength(1);

    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This token does not work').waitFor();

    await page.getByLabel('Token').fill(calendar.token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('grid').waitFor();
    expect(person.complaints).toEqual([]);
  });

  it('should lead a newcomer from an empty month to the first event', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/');
    await page.getByRole('button', { name: 'New event' }).click();
    await page.getByLabel('Title', { exact: true }).fill('First of all');
    await page.getByRole('button', { name: 'Add a reminder' }).click();
    await page.getByRole('button', { name: 'Save' }).click();

    const chip = page.getByRole('button', { name: /First of all/ });
    await chip.waitFor();
    await chip.click();
    expect(await page.getByLabel('Reminder 1').inputValue()).toBe('PT15M');
    expect(person.complaints).toEqual([]);
  });

  it('should sign out, and ask for a credential then', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Daywatch' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to Daywatch' }).waitFor();
  });

  it('should load less than its budget until the month with its events is drawn', async () => {
    await calendar.add({ title: 'Measured', start: '2030-05-06T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/agenda/2029-01-01');
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.route('**/*', (route) =>
      route.continue({ headers: { ...route.request().headers(), 'accept-encoding': 'gzip' } }),
    );
    let bytes = 0;
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(`${calendar.origin}/month/2030-05-06`);
    await page.getByRole('button', { name: /Measured/ }).waitFor();

    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
  });

  it('should say that the server is away, and come back by itself', async () => {
    await calendar.add({ title: 'Survivor', start: '2030-06-06T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2030-06-01');
    await page.getByRole('button', { name: /Survivor/ }).waitFor();

    await calendar.stop();
    await page.getByText('The server does not answer').waitFor();
    expect(await page.getByRole('button', { name: /Survivor/ }).count()).toBe(1);

    await calendar.start();
    await page.getByText('The server does not answer').waitFor({ state: 'detached' });
    await calendar.add({ title: 'Made elsewhere', start: '2030-06-07T09:00:00', duration: 'PT1H' });
    await page.getByRole('button', { name: /Made elsewhere/ }).waitFor();
  });
});
