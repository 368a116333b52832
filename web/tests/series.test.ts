import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';
import { waitFor } from './_support/wait-for.ts';

interface Listed {
  readonly occurrences: readonly { readonly title: string; readonly start: string }[];
}

describe.runIf(hasDebianPackage('chromium'))('changing a series in the form', () => {
  let calendar: TestCalendar;
  let browser: TestBrowser;

  beforeAll(async () => {
    [calendar, browser] = await Promise.all([startCalendar(), startBrowser()]);
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await calendar[Symbol.asyncDispose]();
  });

  /** The days of a year on which the server has an event, once they are as expected. */
  async function expectDays(year: string, title: string, expected: readonly string[]): Promise<void> {
    let found: readonly string[] = [];
    await waitFor('what is expected', async () => {
      const query = new URLSearchParams({ from: `${year}-01-01T00:00:00Z`, to: `${year}-12-31T00:00:00Z` });
      const { occurrences } = (await calendar.read(`/api/v1/occurrences?${query.toString()}`)) as Listed;
      found = occurrences.filter((one) => one.title === title).map(({ start }) => start.slice(5, 10));
      return JSON.stringify(found) === JSON.stringify(expected) ? true : undefined;
    }).catch(() => {});
    expect(found).toEqual(expected);
  }

  const addWeekly = (title: string, start: string, end: string) =>
    calendar.add({ title, start, duration: 'PT1H', recurrence: { rrule: `FREQ=WEEKLY;BYDAY=TU;${end}` } });

  async function save(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it('should move all of them to another weekday, whether the day or the scope is chosen first', async () => {
    await addWeekly('Choir', '2033-03-01T09:00:00', 'COUNT=3');
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2033-03-01');
    await page.getByRole('button', { name: /Choir.*8 Mar/ }).click();
    await page.getByText(/: Tue, 8 Mar 2033 · Tue, 15 Mar 2033$/).waitFor();
    const start = page.getByLabel('Start', { exact: true });
    // A day that is being typed is none for a moment.
    await start.fill('');
    await start.fill('2033-03-09');
    await page.getByLabel('End', { exact: true }).fill('2033-03-09');
    await page.getByText('every Tuesday').waitFor();
    await page.getByLabel('All of them').check();
    await page.getByText('every Wednesday').waitFor();
    await save(page);
    await expectDays('2033', 'Choir', ['03-02', '03-09', '03-16']);

    await page.getByRole('button', { name: /Choir.*16 Mar/ }).click();
    await page.getByLabel('All of them').check();
    await start.fill('2033-03-17');
    await page.getByText('every Thursday').waitFor();
    await save(page);
    await expectDays('2033', 'Choir', ['03-03', '03-10', '03-17']);
    expect(person.complaints).toEqual([]);
  });

  it('should take the rule along to a free time on another day', async () => {
    // Its last day moves as far.
    await addWeekly('Rounds', '2034-02-07T09:00:00', 'UNTIL=20340214T225959Z');
    await calendar.add({ title: 'Fair', start: '2034-02-08T00:00:00', duration: 'PT24H' });
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2034-02-01');
    await page.getByRole('button', { name: /Rounds.*7 Feb/ }).click();
    await page.getByLabel('Start', { exact: true }).fill('2034-02-08');
    await page.getByLabel('All of them').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('Fair').waitFor();
    await page.getByRole('alert').getByRole('button', { name: /9 Feb/ }).first().click();
    await page.getByText('every Thursday').waitFor();
    await save(page);
    await expectDays('2034', 'Rounds', ['02-09', '02-16']);
  });

  it('should leave a series as many times as it has when what follows goes to another weekday', async () => {
    await addWeekly('Yoga', '2035-05-01T18:00:00', 'COUNT=6');
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2035-05-01');
    await page.getByRole('button', { name: /Yoga.*15 May/ }).click();
    await page.getByLabel('Start', { exact: true }).fill('2035-05-16');
    await page.getByLabel('Start time').fill('19:00');
    await page.getByLabel('This and following').check();
    await page.getByText('every Wednesday, 4 times').waitFor();
    await save(page);
    await expectDays('2035', 'Yoga', ['05-01', '05-08', '05-16', '05-23', '05-30', '06-06']);
    await page.getByRole('button', { name: /Yoga.*8 May.*18:00/ }).waitFor();
    await page.getByRole('button', { name: /Yoga.*16 May.*19:00/ }).waitFor();

    await page.getByRole('button', { name: /Yoga.*23 May/ }).focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page
      .getByRole('dialog', { name: 'Move “Yoga”' })
      .getByRole('button', { name: 'This and following' })
      .click();
    await expectDays('2035', 'Yoga', ['05-01', '05-08', '05-16', '05-24', '05-31', '06-07']);
    expect(person.complaints).toEqual([]);
  });
});
