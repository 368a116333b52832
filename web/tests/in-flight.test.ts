import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';
import { holdChanges, tellPage, watchDeletes } from './_support/slow-line.ts';
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

  it('should store two moves before the page is loaded anew for another version', async () => {
    await calendar.add({ title: 'Piano', start: '2032-09-08T09:00:00', duration: 'PT1H' });
    await calendar.add({ title: 'Violin', start: '2032-09-15T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2032-09-01');
    const held = await holdChanges(page);
    for (const name of [/Piano/, /Violin/]) {
      await chip(page, name).focus();
      await page.keyboard.press('Alt+ArrowRight');
    }
    const parts = '**/assets/settings-dialog-*.js';
    const asked = page.waitForRequest(parts);
    await page.route(parts, (route) => route.fulfill({ status: 404 }));
    const load = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Settings' }).click();
    await asked;
    held.release();
    await load;
    await expectStored('2032-09', ['Piano 09-09T09:00', 'Violin 09-16T09:00']);
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

  it('should delete one occurrence after the other of a series', async () => {
    await calendar.add({
      title: 'Rounds',
      start: '2032-01-06T09:00:00',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
    });
    await calendar.add({ title: 'Other', start: '2032-01-08T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2032-01-01');
    for (const day of ['6 Jan', '13 Jan']) {
      await chip(page, new RegExp(`Rounds.*${day}`)).focus();
      await page.keyboard.press('Delete');
      await answer(page, 'Delete “Rounds”', 'This event');
      await chip(page, new RegExp(`Rounds.*${day}`)).waitFor({ state: 'detached' });
    }
    // A move has all of them carried out.
    await chip(page, /Other/).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expectStored('2032-01', ['Other 01-09T09:00', 'Rounds 01-20T09:00', 'Rounds 01-27T09:00']);
    expect(await page.getByText('was not deleted').count()).toBe(0);
    expect(person.complaints).toEqual([]);
  });

  it('should leave what is being moved where it is drawn when a delete is answered meanwhile', async () => {
    await calendar.add({ title: 'Goes', start: '2032-02-03T09:00:00', duration: 'PT1H' });
    await calendar.add({ title: 'Wanders', start: '2032-02-10T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    const listings: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/occurrences?')) listings.push(request.url());
    });
    await calendar.open(page, '/month/2032-02-01');
    // Those that follow may be of the months beside it.
    const [own] = listings;
    const changes = await holdChanges(page);
    await chip(page, /Goes/).focus();
    await page.keyboard.press('Delete');
    await chip(page, /Goes/).waitFor({ state: 'detached' });
    listings.length = 0;
    const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await chip(page, /Wanders/).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await deleted;
    // The move comes after the delete.
    await changes.held;
    expect(listings.filter((url) => url === own)).toEqual([]);
    expect(await chip(page, /Wanders.*11 Feb/).count()).toBe(1);
    changes.release();
    await expectStored('2032-02', ['Wanders 02-11T09:00']);
    await waitFor('the listing of afterwards', async () => (listings.includes(own ?? '') ? true : undefined));
    await chip(page, /Wanders.*11 Feb/).waitFor();
    expect(await chip(page, /Goes/).count()).toBe(0);
  });

  it('should delete nothing on leaving that may go by the name of another occurrence by then', async () => {
    await calendar.add({
      title: 'Daily',
      start: '2032-03-02T09:00:00',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=DAILY;COUNT=3' },
    });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2032-03-01');
    const changes = await holdChanges(page, 'answers');
    await chip(page, /Daily.*2 Mar/).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await answer(page, 'Move “Daily”', 'All of them');
    await changes.held;
    await chip(page, /Daily.*5 Mar/).focus();
    await page.keyboard.press('Delete');
    await answer(page, 'Delete “Daily”', 'This event');
    await chip(page, /Daily.*5 Mar/).waitFor({ state: 'detached' });
    const deletes = watchDeletes(page);
    await tellPage(page, 'pagehide');
    expect(deletes).toEqual([]);
    // Whoever comes back finds it still deleted, and it is when its name is known.
    changes.release();
    await expectStored('2032-03', ['Daily 03-03T09:00', 'Daily 03-04T09:00']);
  });

  it('should delete what it could not ask about while the server was away for a moment', async () => {
    await calendar.add({ title: 'Goes', start: '2032-04-06T09:00:00', duration: 'PT1H' });
    await calendar.add({ title: 'Other', start: '2032-04-13T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2032-04-01');
    await page.route('**/api/v1/events/*', (route) => route.fulfill({ status: 503 }), { times: 1 });
    const refused = page.waitForResponse((response) => response.status() === 503);
    await chip(page, /Goes/).focus();
    await page.keyboard.press('Delete');
    await refused;
    await chip(page, /Other/).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expectStored('2032-04', ['Other 04-14T09:00']);
    expect(await page.getByText('was not deleted').count()).toBe(0);
  });

  it('should send a delete on leaving once, and ask anew when the page comes back', async () => {
    await calendar.add({ title: 'Once', start: '2032-05-04T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await page.clock.install();
    await calendar.open(page, '/month/2032-05-01');
    const deletes = watchDeletes(page);
    await chip(page, /Once/).focus();
    await page.keyboard.press('Delete');
    await chip(page, /Once/).waitFor({ state: 'detached' });
    await tellPage(page, 'pagehide');
    await expectStored('2032-05', []);
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    const asked = page.waitForRequest(/occurrences/);
    await tellPage(page, 'pageshow');
    await asked;
    // The time to think better of it would be over.
    await page.clock.fastForward(60_000);
    await tellPage(page, 'pageshow');
    expect(deletes).toHaveLength(1);
    expect(await page.getByText('was not deleted').count()).toBe(0);
  });

  it('should open an occurrence that was moved with its series, and then alone', async () => {
    await calendar.add({
      title: 'Choir',
      start: '2032-06-01T09:00:00',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' },
    });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2032-06-01');
    const changes = await holdChanges(page);
    await chip(page, /Choir.*8 Jun/).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await answer(page, 'Move “Choir”', 'All of them');
    await chip(page, /Choir.*9 Jun/).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await answer(page, 'Move “Choir”', 'This event');
    await chip(page, /Choir.*10 Jun/).click();
    changes.release();
    await page.getByLabel('Title', { exact: true }).fill('Concert');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectStored('2032-06', ['Choir 06-02T09:00', 'Concert 06-10T09:00', 'Choir 06-16T09:00']);
  });
});
