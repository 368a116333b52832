import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';
import { waitFor } from './_support/wait-for.ts';

interface Listed {
  readonly occurrences: readonly { readonly title: string; readonly start: string; readonly end: string }[];
}

describe.runIf(hasDebianPackage('chromium'))('editing in the page', () => {
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

  it('should create by dragging over the hours, and move and resize by dragging', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/week/2031-03-03');
    await dragHours(page, { day: 1, from: 10, to: 11.5 });
    await page.getByLabel('Title', { exact: true }).fill('Dragged');
    await page.getByRole('button', { name: 'Save' }).click();
    const chip = page.getByRole('button', { name: /Dragged/ });
    await chip.waitFor();
    await expectStored('2031-03-03T00:00:00Z', [
      'Dragged 2031-03-04T10:00:00+01:00 2031-03-04T11:30:00+01:00',
    ]);

    await dragBy(page, '.time-block .time-chip', { days: 2, hours: 1 });
    await expectStored('2031-03-03T00:00:00Z', [
      'Dragged 2031-03-06T11:00:00+01:00 2031-03-06T12:30:00+01:00',
    ]);

    await dragBy(page, '.resize-handle', { days: 0, hours: 1 });
    await expectStored('2031-03-03T00:00:00Z', [
      'Dragged 2031-03-06T11:00:00+01:00 2031-03-06T13:30:00+01:00',
    ]);
    expect(person.complaints).toEqual([]);
  });

  it('should say what is in the way, offer free times, and take the chosen one', async () => {
    await calendar.add({ title: 'In the way', start: '2031-04-08T10:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/day/2031-04-08');
    await dragHours(page, { day: 0, from: 12, to: 13 });
    await page.getByLabel('Start time').fill('10:00');
    await page.getByLabel('Title', { exact: true }).fill('Wanted');
    await page.getByRole('button', { name: 'Save' }).click();

    const alert = page.getByRole('alert').filter({ hasText: 'This time is taken by' });
    await alert.waitFor();
    await alert.getByText('In the way').waitFor();
    await alert.getByRole('button', { name: /09:00\s*–\s*10:00/ }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectStored('2031-04-08T00:00:00Z', [
      'Wanted 2031-04-08T09:00:00+02:00 2031-04-08T10:00:00+02:00',
      'In the way 2031-04-08T10:00:00+02:00 2031-04-08T11:00:00+02:00',
    ]);
  });

  it('should put back what may not be moved, with the reason', async () => {
    await calendar.add({ title: 'Stays', start: '2031-05-06T09:00:00', duration: 'PT1H' });
    await calendar.add({ title: 'Blocks', start: '2031-05-08T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-05-01');
    await dragToDay(page, 'Stays', 'Thursday, 8 May 2031');
    await page.getByText('“Stays” was not moved: the time is taken').waitFor();
    await page
      .getByRole('gridcell', { name: /6 May 2031/ })
      .getByRole('button', { name: /Stays/ })
      .waitFor();
    await page.getByRole('button', { name: 'Find a time' }).click();
    await page.getByRole('alert').getByText('Blocks').waitFor();
  });

  it('should change nothing of a series that may not be moved before a person says what to do', async () => {
    await calendar.add({
      title: 'Rounds',
      start: '2032-02-03T09:00:00',
      duration: 'PT1H',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' },
    });
    await calendar.add({ title: 'Blocks', start: '2032-02-18T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2032-02-01');
    await page.getByRole('button', { name: /Rounds.*3 Feb/ }).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page
      .getByRole('dialog', { name: 'Move “Rounds”' })
      .getByRole('button', { name: 'All of them' })
      .click();
    await page.getByRole('button', { name: 'Find a time' }).click();
    // The third is in the way; the first alone would have found its time free.
    await page.getByRole('alert').getByText('Blocks').waitFor();
    expect(await page.getByLabel('All of them').isChecked()).toBe(true);
    await expectStored('2032-02-01T00:00:00Z', [
      'Rounds 2032-02-03T09:00:00+01:00 2032-02-03T10:00:00+01:00',
    ]);
    await page.getByLabel('Start time').fill('11:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectStored('2032-02-15T00:00:00Z', [
      'Blocks 2032-02-18T09:00:00+01:00 2032-02-18T10:00:00+01:00',
      'Rounds 2032-02-18T11:00:00+01:00 2032-02-18T12:00:00+01:00',
    ]);
    expect(person.complaints).toEqual([]);
  });

  it('should keep the hour when an event is moved across a clock change', async () => {
    await calendar.add({ title: 'Choir', start: '2031-10-24T19:00:00', duration: 'PT2H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-10-01');
    await dragToDay(page, 'Choir', 'Monday, 27 October 2031');
    await expectStored('2031-10-24T00:00:00Z', ['Choir 2031-10-27T19:00:00+01:00 2031-10-27T21:00:00+01:00']);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expectStored('2031-10-24T00:00:00Z', ['Choir 2031-10-24T19:00:00+02:00 2031-10-24T21:00:00+02:00']);
  });

  it('should delete with the time to think better of it', async () => {
    await calendar.add({ title: 'Regretted', start: '2031-06-03T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-06-01');
    const chip = page.getByRole('button', { name: /Regretted/ });
    await chip.click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await chip.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await chip.waitFor();

    await chip.click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await chip.waitFor({ state: 'detached' });
    // Whoever leaves means it.
    await page.goto(`${calendar.origin}/favicon.svg`);
    await expectStored('2031-06-01T00:00:00Z', []);
  });

  it('should offer to undo a delete as long as it can be undone, whatever else happens', async () => {
    const titles = ['First', 'Second', 'Third', 'Fourth'];
    for (const [i, title] of titles.entries()) {
      await calendar.add({ title, start: `2032-08-1${i}T09:00:00`, duration: 'PT1H' });
    }
    await using person = await browser.newPerson();
    const { page } = person;
    await page.clock.install();
    await calendar.open(page, '/month/2032-08-01');
    // No time goes by, however slow the machine is.
    await page.clock.pauseAt(Date.now() + 1000);
    const chip = (title: string) => page.getByRole('button', { name: new RegExp(`${title}, `) });
    for (const title of titles) {
      await chip(title).focus();
      await page.keyboard.press('Delete');
      await chip(title).waitFor({ state: 'detached' });
    }
    const undo = page.getByRole('button', { name: 'Undo' });
    expect(await undo.count()).toBe(4);
    await undo.first().click();
    await chip('First').waitFor();
    expect(await undo.count()).toBe(3);
  });

  it('should refuse to overwrite what was changed elsewhere', async () => {
    const { id } = await calendar.add({ title: 'Shared', start: '2031-07-01T09:00:00', duration: 'PT1H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-07-01');
    await page.getByRole('button', { name: /Shared/ }).click();
    await page.getByLabel('Title', { exact: true }).fill('Mine');
    await calendar.write('PATCH', `/api/v1/events/${id}`, { title: 'Theirs' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('changed elsewhere').waitFor();
    expect(await calendar.read(`/api/v1/events/${id}`)).toMatchObject({ title: 'Theirs' });
  });

  it('should build a series in plain words, and change one of its occurrences, and those that follow', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-09-01');
    await page.getByRole('gridcell', { name: /Tuesday, 2 September 2031/ }).click();
    await page.getByLabel('Title', { exact: true }).fill('Choir');
    await page.getByLabel('Repeats').selectOption('WEEKLY');
    await page.getByLabel('Every … weeks').fill('2');
    await page.getByLabel('Ends').selectOption('count');
    await page.getByLabel('Times').fill('3');
    await page.getByText('every second Tuesday, 3 times').waitFor();
    await page.getByText('2 Sept 2031 · Tue, 16 Sept 2031 · Tue, 30 Sept 2031').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /Choir/ }).nth(2).waitFor();

    await page.getByRole('button', { name: /Choir.*16 Sept/ }).click();
    await page.getByLabel('Title', { exact: true }).fill('Concert');
    await page.getByLabel('Start time').fill('19:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Concert/ }).waitFor();
    await expectStored('2031-09-15T00:00:00Z', [
      'Concert 2031-09-16T19:00:00+02:00 2031-09-16T20:00:00+02:00',
    ]);
    await expectStored('2031-09-01T00:00:00Z', ['Choir 2031-09-02T09:00:00+02:00 2031-09-02T10:00:00+02:00']);

    await page.getByRole('button', { name: /Choir.*30 Sept/ }).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page
      .getByRole('dialog', { name: 'Move “Choir”' })
      .getByRole('button', { name: 'All of them' })
      .click();
    await expectStored('2031-09-29T00:00:00Z', ['Choir 2031-10-01T09:00:00+02:00 2031-10-01T10:00:00+02:00']);
    await expectStored('2031-09-01T00:00:00Z', ['Choir 2031-09-03T09:00:00+02:00 2031-09-03T10:00:00+02:00']);

    // What was moved is drawn at once; the occurrences that the series has now come a moment later.
    await page.reload();
    await page.getByRole('button', { name: /Choir.*1 Oct/ }).focus();
    await page.keyboard.press('Delete');
    await page
      .getByRole('dialog', { name: 'Delete “Choir”' })
      .getByRole('button', { name: 'This event' })
      .click();
    await page.goto(`${calendar.origin}/favicon.svg`);
    await expectStored('2031-09-29T00:00:00Z', []);
    await expectStored('2031-09-01T00:00:00Z', ['Choir 2031-09-03T09:00:00+02:00 2031-09-03T10:00:00+02:00']);
    expect(person.complaints).toEqual([]);
  });

  async function dragHours(
    page: Page,
    { day, from, to }: { readonly day: number; readonly from: number; readonly to: number },
  ): Promise<void> {
    const column = page.locator('.time-day').nth(day);
    const box = await column.boundingBox();
    if (!box) throw new Error('the day is not drawn');
    const x = box.x + box.width / 2;
    await page.mouse.move(x, box.y + (box.height * from) / 24 + 2);
    await page.mouse.down();
    await page.mouse.move(x, box.y + (box.height * (from + to)) / 48);
    await page.mouse.move(x, box.y + (box.height * to) / 24 - 2);
    await page.mouse.up();
  }

  async function dragBy(
    page: Page,
    selector: string,
    { days, hours }: { readonly days: number; readonly hours: number },
  ): Promise<void> {
    const column = await page.locator('.time-day').first().boundingBox();
    const box = await page.locator(selector).first().boundingBox();
    if (!column || !box) throw new Error('what is to be dragged is not drawn');
    const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 5, y + 5);
    await page.mouse.move(x + column.width * days, y + (column.height * hours) / 24);
    await page.mouse.up();
  }

  async function dragToDay(page: Page, title: string, day: string): Promise<void> {
    const chip = await page.getByRole('button', { name: new RegExp(title) }).boundingBox();
    const cell = await page.getByRole('gridcell', { name: new RegExp(day) }).boundingBox();
    if (!chip || !cell) throw new Error(`'${title}' or '${day}' is not drawn`);
    await page.mouse.move(chip.x + 20, chip.y + 8);
    await page.mouse.down();
    await page.mouse.move(chip.x + 30, chip.y + 12);
    await page.mouse.move(cell.x + 20, cell.y + cell.height - 12);
    await page.mouse.up();
  }
});
