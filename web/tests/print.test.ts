import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';

describe.runIf(hasDebianPackage('chromium'))('the page on paper', () => {
  let calendar: TestCalendar;
  let browser: TestBrowser;

  beforeAll(async () => {
    [calendar, browser] = await Promise.all([startCalendar(), startBrowser()]);
    for (let hour = 8; hour < 20; hour++) {
      const start = `2031-03-04T${String(hour).padStart(2, '0')}:00:00`;
      await calendar.add({ title: `At ${hour}`, start, duration: 'PT30M' });
    }
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await calendar[Symbol.asyncDispose]();
  });

  it.each(['Light', 'Dark', 'As the system'])(
    'should be dark on white, where "%s" is chosen',
    async (theme) => {
      await using person = await browser.newPerson({ colorScheme: 'dark' });
      const { page } = person;
      await calendar.open(page, '/month/2031-03-01');
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByLabel('Appearance').selectOption(theme);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.emulateMedia({ media: 'print' });
      for (const [part, property, value] of [
        ['body', 'backgroundColor', 'rgb(255, 255, 255)'],
        ['body', 'color', 'rgb(27, 31, 39)'],
        ['.month', 'colorScheme', 'light'],
      ] as const) {
        const found = await page
          .locator(part)
          .evaluate((element, name) => getComputedStyle(element)[name], property);
        expect([part, property, found]).toEqual([part, property, value]);
      }
    },
  );

  it('should say how much of a day there was no room for', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-03-01');
    await page.emulateMedia({ media: 'print' });
    const day = page.getByRole('gridcell', { name: /Tuesday, 4 March 2031/ });
    const [shown, more] = await day.evaluate((cell) => [
      cell.querySelectorAll('.chip').length,
      cell.querySelector<HTMLElement>('.month-more')?.innerText,
    ]);
    expect(more).toBe(`+${12 - shown}`);
    expect(await day.locator('.month-more').isVisible()).toBe(true);
    // What is to be clicked alone is not printed.
    expect(await page.getByRole('button', { name: 'Settings' }).isVisible()).toBe(false);
  });
});
