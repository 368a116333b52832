import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { findFaults } from './_support/axe.ts';
import { startBrowser, type TestBrowser } from './_support/browser.ts';
import { startCalendar, type TestCalendar } from './_support/calendar.ts';

const INJECTION = '<img src=x onerror="document.title=\'stolen\'"><script>document.title="stolen"</script>';

describe.runIf(hasDebianPackage('chromium'))('the looks of the page', () => {
  let calendar: TestCalendar;
  let browser: TestBrowser;

  beforeAll(async () => {
    [calendar, browser] = await Promise.all([startCalendar(), startBrowser()]);
    await calendar.add({
      title: 'Dentist',
      start: '2031-03-04T09:00:00',
      duration: 'PT1H',
      location: 'Markt 3',
    });
    await calendar.add({ title: 'Holiday', start: '2031-03-06', end: '2031-03-12', all_day: true });
    await calendar.add({ title: 'Maybe', start: '2031-03-05T09:00:00', duration: 'PT15M', busy: false });
    await calendar.add({
      title: INJECTION,
      description: INJECTION,
      start: '2031-03-07T09:00:00',
      duration: 'PT2H',
    });
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await calendar[Symbol.asyncDispose]();
  });

  it.each(['light', 'dark'] as const)('should be open to everybody, in %s', async (colorScheme) => {
    await using person = await browser.newPerson({ colorScheme });
    const { page } = person;
    const faults: Record<string, readonly string[]> = {};
    await page.goto(calendar.origin);
    await page.getByLabel('Token').waitFor();
    faults['sign-in'] = await findFaults(page);
    for (const view of ['month', 'week', 'day', 'agenda']) {
      await calendar.open(page, `/${view}/2031-03-04`);
      await page
        .getByRole('button', { name: /Dentist/ })
        .first()
        .waitFor();
      faults[view] = await findFaults(page);
    }
    await page
      .getByRole('button', { name: /Dentist/ })
      .first()
      .click();
    await page.getByLabel('Title', { exact: true }).waitFor();
    faults['dialog'] = await findFaults(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Language').waitFor();
    faults['settings'] = await findFaults(page);
    const none = Object.fromEntries(Object.keys(faults).map((place) => [place, []]));
    expect(faults).toEqual(none);
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(22, 24, 29)' : 'rgb(255, 255, 255)');
  });

  it('should show what looks like a script as text, and run nothing of it', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2031-03-07');
    const chip = page.locator('.chip', { hasText: '<script>' });
    await chip.click();
    expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe(INJECTION);
    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(await page.title()).toBe('March 2031 · Daywatch');
    expect(person.complaints).toEqual([]);
  });

  it('should fit on a phone', async () => {
    await using person = await browser.newPerson({ viewport: { width: 375, height: 700 }, hasTouch: true });
    const { page } = person;
    for (const view of ['month', 'week', 'day', 'agenda']) {
      await calendar.open(page, `/${view}/2031-03-04`);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect([view, width]).toEqual([view, 375]);
    }
    await page.getByRole('link', { name: 'Month' }).tap();
    await page.getByRole('gridcell', { name: /18 March 2031/ }).tap();
    await page.getByLabel('Title', { exact: true }).fill('Tapped');
    await page.getByRole('button', { name: 'Save' }).tap();
    await page.getByRole('button', { name: /Tapped/ }).waitFor();
  });

  it.each([
    ['a phone', 'en-GB', 390],
    ['a phone in Russian', 'ru-RU', 360],
    ['twice the size', 'en-GB', 640],
    ['a desk in Russian', 'ru-RU', 1280],
  ])('should cut nothing off, and keep the tools together, on %s', async (_, locale, width) => {
    await using person = await browser.newPerson({ locale, viewport: { width, height: 700 } });
    const { page } = person;
    for (const view of ['month', 'week', 'day']) {
      await calendar.open(page, `/${view}/2031-03-04`);
      const cut = await page
        .locator('.toolbar, .toolbar *:not(input), .zones, .zones *')
        .evaluateAll((parts) =>
          parts
            .filter(
              (part) =>
                part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== 'visible',
            )
            .filter((part) => part.getBoundingClientRect().width > 1)
            .map((part) => part.textContent),
        );
      expect([view, cut]).toEqual([view, []]);
      const centers = await page.locator('.toolbar > :not(.new-button, .grow)').evaluateAll((parts) =>
        parts
          .map((part) => part.getBoundingClientRect())
          .filter(({ width: seen }) => seen > 0)
          .map(({ top, height }) => top + height / 2)
          .toSorted((a, b) => a - b),
      );
      const rows = centers.filter((center, i) => center - (centers[i - 1] ?? -Infinity) > 10);
      expect(rows.length).toBeLessThanOrEqual(width > 640 ? 1 : 2);
      const jump = page.locator('.jump');
      if (await jump.isVisible()) expect((await jump.boundingBox())?.width).toBeGreaterThanOrEqual(36);
    }
  });

  it('should say how to begin where nothing is planned, and leave the rest to what is', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await calendar.open(page, '/month/2033-03-01');
    const hint = page.getByText('Nothing planned here yet');
    await hint.waitFor();
    await page.getByRole('gridcell', { name: /18 March 2033/ }).click();
    await page.getByLabel('Title', { exact: true }).fill('First');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /First/ }).waitFor();
    await hint.waitFor({ state: 'detached' });
  });

  it.each(['month', 'agenda'])('should not call a %s empty that could not be loaded', async (view) => {
    await using person = await browser.newPerson();
    const { page } = person;
    const listings = '**/api/v1/occurrences?*';
    await page.route(listings, (route) =>
      route.fulfill({
        status: 500,
        json: { code: 500, error: 'internal', message: 'it broke', details: [] },
      }),
    );
    await calendar.open(page, `/${view}/2031-03-04`);
    await page.getByRole('alert').getByText('could not be loaded: it broke').waitFor();
    expect(await page.getByText('Nothing').count()).toBe(0);
    expect(await findFaults(page)).toEqual([]);
    await page.unroute(listings);
    await page.reload();
    await page
      .getByRole('button', { name: /Dentist/ })
      .first()
      .waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('should tell nobody to drag who has but fingers', async () => {
    await using person = await browser.newPerson({
      viewport: { width: 375, height: 700 },
      hasTouch: true,
      isMobile: true,
    });
    const { page } = person;
    await calendar.open(page, '/month/2034-03-01');
    await page.getByText('Nothing planned here yet. Tap a day.').waitFor();
    await page.getByRole('link', { name: 'Week' }).tap();
    await page.getByText('Nothing planned here yet. Tap a time.').waitFor();
  });

  it('should speak Russian to a Russian browser, and begin the week on Monday at 24 hours', async () => {
    await using person = await browser.newPerson({ locale: 'ru-RU' });
    const { page } = person;
    await calendar.open(page, '/week/2031-03-04');
    await page.getByRole('link', { name: 'Неделя' }).waitFor();
    expect(await page.locator('.day-head').first().textContent()).toContain('понедельник');
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    await page.getByText('14:00', { exact: true }).waitFor();
  });

  it('should begin the week on Sunday at 12 hours for an American, and show a second zone beside', async () => {
    await using person = await browser.newPerson({ locale: 'en-US', timezoneId: 'America/New_York' });
    const { page } = person;
    await calendar.open(page, '/week/2031-03-04');
    expect(await page.locator('.day-head').first().textContent()).toContain('Sunday');
    // 9:00 in Berlin is 3 in the morning there.
    await page.getByRole('button', { name: /3:00.*AM.*Dentist|Dentist.*3:00/ }).waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Second time zone').fill('Europe/Berlin');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.locator('.hour-second', { hasText: '7:00 AM' }).waitFor();
  });
});
