import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';
import { waitFor } from './_support/wait-for.ts';

interface Listed {
  readonly occurrences: readonly { readonly title: string; readonly start: string; readonly end: string }[];
}

describe.runIf(hasDebianPackage('chromium'))('the keys of the page', () => {
  let calendar: TestCalendar;
  let browser: TestBrowser;

  beforeAll(async () => {
    [calendar, browser] = await Promise.all([startCalendar(), startBrowser()]);
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await calendar[Symbol.asyncDispose]();
  });

  /** What the server has, once it is as expected: the page answers before the server does. */
  async function expectStored(from: string, expected: readonly string[]): Promise<void> {
    const to = new Date(Date.parse(from) + 7 * 86_400_000).toISOString();
    let found: readonly string[] = [];
    await waitFor(
      `what is expected, ${JSON.stringify(expected)}`,
      async () => {
        const query = new URLSearchParams({ from, to }).toString();
        const { occurrences } = (await calendar.read(`/api/v1/occurrences?${query}`)) as Listed;
        found = occurrences.map(({ title, start, end }) => `${title} ${start} ${end}`);
        return JSON.stringify(found) === JSON.stringify(expected) ? true : undefined;
      },
      10_000,
    ).catch(() => {});
    expect(found).toEqual(expected);
  }

  it('should do all of it by the keyboard', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-08-05');
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('[role=gridcell]:focus', { hasText: '6' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.title-input:focus').waitFor();
    await page.keyboard.type('Typed');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectStored('2031-08-04T00:00:00Z', ['Typed 2031-08-06T09:00:00+02:00 2031-08-06T10:00:00+02:00']);

    await page.locator('[role=gridcell]:focus').waitFor();
    await page.getByRole('button', { name: /Typed/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Alt+ArrowRight');
    await expectStored('2031-08-04T00:00:00Z', ['Typed 2031-08-07T09:00:00+02:00 2031-08-07T10:00:00+02:00']);

    // The focus stays with what was moved.
    await page.locator('.chip:focus', { hasText: 'Typed' }).waitFor();
    await page.keyboard.press('Alt+ArrowLeft');
    await expectStored('2031-08-04T00:00:00Z', ['Typed 2031-08-06T09:00:00+02:00 2031-08-06T10:00:00+02:00']);

    await page.keyboard.press('d');
    await page.locator('.keyboard-cursor').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('button', { name: /New event, .*09:30\s*–\s*11:00/ }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(person.complaints).toEqual([]);
  });

  const chip = (page: Page, name: RegExp) => page.getByRole('button', { name });
  const focused = (page: Page, text: string) => page.locator('.chip:focus', { hasText: text });
  const answer = (page: Page, dialog: string, scope: string) =>
    page.getByRole('dialog', { name: dialog }).getByRole('button', { name: scope }).click();

  it('should keep the focus at an occurrence that moves with its series, however long one thinks', async () => {
    await calendar.add({
      title: 'Choir',
      start: '2032-09-07T09:00:00',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' },
    });
    await using person = await browser.newPerson();
    const { page } = person;
    await page.clock.install();
    await calendar.open(page, '/month/2032-09-01');
    await chip(page, /Choir.*14 Sept/).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.clock.fastForward(10_000);
    await answer(page, 'Move “Choir”', 'All of them');
    await focused(page, 'Choir')
      .and(chip(page, /15 Sept/))
      .waitFor();
    // It goes by another name when the server has answered.
    await page.locator('.chip:focus[data-item$="/2032-09-15T07:00:00Z"]').waitFor();
    await expectStored('2032-09-13T00:00:00Z', ['Choir 2032-09-15T09:00:00+02:00 2032-09-15T10:00:00+02:00']);
    await page.keyboard.press('Alt+ArrowRight');
    await answer(page, 'Move “Choir”', 'This event');
    await focused(page, 'Choir')
      .and(chip(page, /16 Sept/))
      .waitFor();
    await expectStored('2032-09-13T00:00:00Z', ['Choir 2032-09-16T09:00:00+02:00 2032-09-16T10:00:00+02:00']);
  });

  it('should have the focus at the day of what was deleted', async () => {
    await calendar.add({ title: 'Once', start: '2032-10-05T09:00:00', duration: 'PT1H' });
    await calendar.add({
      title: 'Daily',
      start: '2032-10-12T09:00:00',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=DAILY;COUNT=3' },
    });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2032-10-01');
    const day = (name: RegExp) =>
      page.locator('[role=gridcell]:focus').and(page.getByRole('gridcell', { name }));
    await chip(page, /Once/).focus();
    await page.keyboard.press('Delete');
    await day(/5 October 2032/).waitFor();
    await chip(page, /Daily.*13 Oct/).focus();
    await page.keyboard.press('Delete');
    await answer(page, 'Delete “Daily”', 'This event');
    await day(/13 October 2032/).waitFor();
    await page.goto(`${calendar.origin}/week/2032-10-12`);
    await chip(page, /Daily.*14 Oct/).focus();
    await page.keyboard.press('Delete');
    await answer(page, 'Delete “Daily”', 'All of them');
    await page.locator('.keyboard-cursor:focus').waitFor();
  });

  it('should undo by a key, and leave the time to think to whoever is at the message', async () => {
    await calendar.add({ title: 'Regretted', start: '2032-11-02T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await page.clock.install();
    await calendar.open(page, '/month/2032-11-01');
    const remove = async (): Promise<void> => {
      await chip(page, /Regretted/).focus();
      await page.keyboard.press('Delete');
      await chip(page, /Regretted/).waitFor({ state: 'detached' });
    };
    await remove();
    await page.keyboard.press('z');
    await chip(page, /Regretted/).waitFor();

    await remove();
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.hover();
    await page.clock.fastForward(60_000);
    await undo.click();
    await chip(page, /Regretted/).waitFor();

    await remove();
    await undo.focus();
    await page.clock.fastForward(60_000);
    await page.keyboard.press('Enter');
    await chip(page, /Regretted/).waitFor();

    await remove();
    await page.mouse.move(5, 5);
    await page.clock.fastForward(60_000);
    await undo.waitFor({ state: 'detached' });
    await expectStored('2032-11-01T00:00:00Z', []);
  });
});
