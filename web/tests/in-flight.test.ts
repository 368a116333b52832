import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';
import { waitFor } from './_support/wait-for.ts';

interface Listed {
  readonly occurrences: readonly { readonly title: string; readonly start: string }[];
}

describe.runIf(hasDebianPackage('chromium'))('writing while another write is on its way', () => {
  let calendar: TestCalendar;
  let browser: TestBrowser;

  beforeAll(async () => {
    [calendar, browser] = await Promise.all([startCalendar(), startBrowser()]);
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await calendar[Symbol.asyncDispose]();
  });

  /** What the server has of a month, once it is as expected. */
  async function expectStored(month: string, expected: readonly string[]): Promise<void> {
    let found: readonly string[] = [];
    await waitFor('what is expected', async () => {
      const query = new URLSearchParams({ from: `${month}-01T00:00:00Z`, to: `${month}-28T00:00:00Z` });
      const { occurrences } = (await calendar.read(`/api/v1/occurrences?${query.toString()}`)) as Listed;
      found = occurrences.map(({ title, start }) => `${title} ${start.slice(5, 16)}`);
      return JSON.stringify(found) === JSON.stringify(expected) ? true : undefined;
    }).catch(() => {});
    expect(found).toEqual(expected);
  }

  const chip = (page: Page, name: RegExp) => page.getByRole('button', { name });
  const answer = (page: Page, dialog: string, scope: string) =>
    page.getByRole('dialog', { name: dialog }).getByRole('button', { name: scope }).click();

  it('should delete the occurrence that is seen, though its series is only being moved', async () => {
    await calendar.add({
      title: 'Choir',
      start: '2031-09-02T09:00:00',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
    });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-09-01');
    const held = await holdChanges(page);
    await chip(page, /Choir.*16 Sept/).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await answer(page, 'Move “Choir”', 'All of them');
    // All of them are seen where they are to be.
    await chip(page, /Choir.*24 Sept/).focus();
    await page.keyboard.press('Delete');
    await answer(page, 'Delete “Choir”', 'This event');
    held.release();
    await expectStored('2031-09', ['Choir 09-03T09:00', 'Choir 09-10T09:00', 'Choir 09-17T09:00']);
    await chip(page, /Choir.*24 Sept/).waitFor({ state: 'detached' });
    await chip(page, /Choir.*17 Sept/).waitFor();
    expect(person.complaints).toEqual([]);
  });

  it('should delete what follows of a series that is only being divided', async () => {
    await calendar.add({
      title: 'Yoga',
      start: '2031-10-01T18:00:00',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
    });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-10-01');
    const held = await holdChanges(page);
    await chip(page, /Yoga.*8 Oct/).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await answer(page, 'Move “Yoga”', 'This and following');
    await chip(page, /Yoga.*16 Oct/).focus();
    await page.keyboard.press('Delete');
    await answer(page, 'Delete “Yoga”', 'This and following');
    held.release();
    await expectStored('2031-10', ['Yoga 10-01T18:00', 'Yoga 10-09T18:00']);
  });

  it('should delete an event that is only being moved, and what was refused to move', async () => {
    await calendar.add({ title: 'Wanders', start: '2031-11-04T09:00:00', duration: 'PT1H' });
    await calendar.add({ title: 'Stays', start: '2031-11-11T09:00:00', duration: 'PT1H' });
    await calendar.add({ title: 'Blocks', start: '2031-11-12T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-11-01');
    const held = await holdChanges(page);
    for (const title of ['Wanders', 'Stays']) {
      await chip(page, new RegExp(title)).focus();
      await page.keyboard.press('Alt+ArrowRight');
      await page.locator('.chip:focus', { hasText: title }).waitFor();
      await page.keyboard.press('Delete');
      await chip(page, new RegExp(title)).waitFor({ state: 'detached' });
    }
    held.release();
    await expectStored('2031-11', ['Blocks 11-12T09:00']);
    expect(await page.getByText('was not deleted').count()).toBe(0);
  });

  it('should change one occurrence while another of the series can still be brought back', async () => {
    await calendar.add({
      title: 'Lesson',
      start: '2031-12-02T09:00:00',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' },
    });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-12-01');
    await chip(page, /Lesson.*2 Dec/).focus();
    await page.keyboard.press('Delete');
    await answer(page, 'Delete “Lesson”', 'This event');
    await chip(page, /Lesson.*9 Dec/).click();
    await page.getByLabel('Title', { exact: true }).fill('Test');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectStored('2031-12', ['Test 12-09T09:00', 'Lesson 12-16T09:00']);
  });
});

/** Keeps changes from the server until they are released: a line that is slow. */
async function holdChanges(page: Page): Promise<{ readonly release: () => void }> {
  const gate = Promise.withResolvers<void>();
  const path = '**/api/v1/events/**';
  await page.route(path, async (route) => {
    if (route.request().method() === 'PATCH') await gate.promise;
    await route.continue();
  });
  return { release: () => gate.resolve() };
}
