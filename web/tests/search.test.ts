import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';

describe.runIf(hasDebianPackage('chromium'))('searching in the page', () => {
  let calendar: TestCalendar;
  let browser: TestBrowser;

  beforeAll(async () => {
    [calendar, browser] = await Promise.all([startCalendar(), startBrowser()]);
    await calendar.add({
      title: 'Zahnärztin',
      start: '2019-03-04T09:00:00',
      duration: 'PT1H',
      description: 'Bring the X-ray',
    });
    const { id } = await calendar.add({
      title: 'Choir',
      start: '2041-03-04T19:00:00',
      duration: 'PT2H',
      location: 'Zähringer Straße',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' },
    });
    // Only this one of them has such words.
    await calendar.write('PATCH', `/api/v1/events/${id}/occurrences/2041-03-11T18:00:00Z`, {
      title: 'Jubilee concert',
    });
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await calendar[Symbol.asyncDispose]();
  });

  it('should find by words of title, place and description, however long ago or far ahead', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-03-04');
    await page.keyboard.press('/');
    const field = page.getByRole('searchbox', { name: 'Search' });
    await field.fill('zah');
    const lines = page.locator('.agenda-line');
    await page.getByText('2 events').waitFor();
    expect(await lines.allTextContents()).toEqual([
      expect.stringContaining('Choir'),
      expect.stringContaining('Zahnärztin'),
    ]);

    await field.fill('x-ray');
    await page.getByText('1 event', { exact: true }).waitFor();
    await lines.first().click();
    expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe('Zahnärztin');
    await page.keyboard.press('Escape');

    await field.fill('jubilee');
    await page.getByText('1 event', { exact: true }).waitFor();
    await lines.filter({ hasText: '11 Mar 2041' }).click();
    expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe('Jubilee concert');
    await page.keyboard.press('Escape');

    await field.fill('nowhere');
    await page.getByText('Nothing found').waitFor();
    // The words are in the address.
    await page.reload();
    await page.getByText('Nothing found').waitFor();
    expect(await field.inputValue()).toBe('nowhere');
    expect(person.complaints).toEqual([]);
  });
});
