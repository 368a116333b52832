import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { hasDebianPackage } from '../../tests/_support/debian-packages.ts';
import { askForShared } from '../../tests/_support/shared-things.ts';
import { startDaywatch, type Daywatch } from '../../services/daywatch/tests/_support/daywatch.ts';
import { makeFolder, type Folder } from '../../services/daywatch/tests/_support/folder.ts';
import { findFaults } from './_support/axe.ts';
import { startBrowser, type PersonOptions, type TestBrowser } from './_support/browser.ts';
import { openShop, type Shop } from './_support/shop.ts';
import { signIn } from './_support/sign-in.ts';
import { waitFor } from './_support/wait-for.ts';

/** All of it in one process, as `make run` has it, with a target more that the test can break. */
describe.runIf(hasDebianPackage('chromium'))('the monitor in the page', () => {
  let folder: Folder;
  let shop: Shop;
  let daywatch: Daywatch;
  let browser: TestBrowser;

  beforeAll(async () => {
    await askForShared('page');
    [folder, browser, shop] = await Promise.all([makeFolder(), startBrowser(), openShop()]);
    daywatch = await start();
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await daywatch[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const start = (port = '0') =>
    startDaywatch(folder, {
      env: {
        DAYWATCH_HTTP_PORT: port,
        DAYWATCH_TARGETS: JSON.stringify([
          { name: 'shop', domain: 'shop', url: shop.url, interval: '200ms', timeout: '200ms' },
        ]),
      },
    });

  async function open(page: Page, path: string): Promise<void> {
    await signIn(page, daywatch.url, daywatch.token);
    await page.goto(daywatch.url + path);
  }

  const row = (page: Page, name: string) =>
    page.locator('.check', { has: page.getByRole('heading', { name }) });
  const looks = { phone: { viewport: { width: 375, height: 700 } } } as const satisfies Record<
    string,
    PersonOptions
  >;

  it('should show a target going down, loud and first, and coming back', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await open(page, '/monitor');
    await row(page, 'shop').getByText('Fine').waitFor();
    await page.getByText('All is well: 4 checks pass').waitFor();

    shop.setBroken(true);
    await page.getByText('1 of 4 failing').waitFor();
    await row(page, 'shop').getByText('Failing').waitFor();
    await row(page, 'shop').getByText('503').waitFor();
    expect(await page.locator('.check').first().textContent()).toContain('shop');
    expect(await row(page, 'shop').getByRole('img', { name: 'failures in 1 of them' }).count()).toBe(1);

    shop.setBroken(false);
    await page.getByText('All is well: 4 checks pass').waitFor();
    // What went wrong stays known.
    await page.getByRole('link', { name: 'Targets' }).click();
    await page.getByRole('row', { name: /shop/ }).getByText('503').waitFor();
    expect(person.complaints).toEqual([]);
  });

  it('should go on by itself after a restart of the server', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await open(page, '/monitor?period=90d');
    await row(page, 'shop').getByText('Fine').waitFor();
    await daywatch.stop();
    await page.getByText('The server does not answer').waitFor();
    expect(await row(page, 'shop').count()).toBe(1);

    daywatch = await start(String(daywatch.port));
    await page.getByText('The server does not answer').waitFor({ state: 'detached' });
    shop.setBroken(true);
    await row(page, 'shop').getByText('Failing').waitFor();
    shop.setBroken(false);
    await row(page, 'shop').getByText('Fine').waitFor();
  });

  it('should draw series that were chosen by the keyboard alone, and have all of it in the address', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await open(page, '/monitor/explorer');
    await page.getByRole('heading', { name: 'What shall be drawn?' }).waitFor();
    const field = page.getByRole('combobox', { name: 'Selector 1' });
    await field.focus();
    await page.keyboard.type('shop_o');
    await page.getByRole('option', { name: 'shop_orders_total' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('shop_orders_total');
    await page.keyboard.type('{');
    await page.getByRole('option', { name: 'kind' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    for (const key of await optionsUntil(page, 'kind')) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'book' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('shop_orders_total{kind="book"}');

    const line = page.getByRole('row', { name: /shop_orders_total\{kind="book"\}/ });
    await line.waitFor();
    await page.locator('.range-chart canvas').waitFor();
    const chart = page.getByRole('application');
    await chart.focus();
    await page.keyboard.press('-');
    await page.waitForURL(/from=.*to=/);
    await page.getByLabel('As a table').check();
    await page.waitForURL(/view=table/);
    const address = page.url();
    expect(new URL(address).searchParams.get('q')).toBe('shop_orders_total{kind="book"}');

    await page.goto(address);
    await line.first().waitFor();
    expect(await page.getByLabel('As a table').isChecked()).toBe(true);
    expect(person.complaints).toEqual([]);
  });

  it('should zoom by dragging, go on by dragging with Shift, and compare several', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await open(page, `/monitor/explorer?q=${encodeURIComponent('up')}&q=shop_orders_total&range=15m`);
    await page.getByRole('row', { name: /^up/ }).first().waitFor();
    await page.getByRole('row', { name: /shop_orders_total/ }).waitFor();
    const box = await page.locator('.range-chart .u-over').boundingBox();
    if (!box) throw new Error('the chart is not drawn');
    const drag = async (from: number, to: number): Promise<void> => {
      await page.mouse.move(box.x + box.width * from, box.y + 50);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * ((from + to) / 2), box.y + 60);
      await page.mouse.move(box.x + box.width * to, box.y + 60);
      await page.mouse.up();
    };
    const period = () => {
      const { searchParams } = new URL(page.url());
      return [searchParams.get('from'), searchParams.get('to')].map((text) => Date.parse(text ?? ''));
    };
    await drag(0.4, 0.6);
    await page.waitForURL(/from=/);
    const [start = 0, end = 0] = period();
    expect((end - start) / 180_000).toBeCloseTo(1, 0);

    const zoomed = page.url();
    await page.keyboard.down('Shift');
    await drag(0.2, 0.7);
    await page.keyboard.up('Shift');
    await waitFor('another period', async () => (page.url() === zoomed ? undefined : true));
    const [earlier = 0, later = 0] = period();
    expect(later - earlier).toBe(end - start);
    expect((start - earlier) / (end - start)).toBeCloseTo(0.5, 1);
  });

  it('should say that a name alone selects too much, and nothing about samples that it did not look for', async () => {
    for (const [locale, refusal] of [
      ['en-GB', 'It selects more series than can be drawn'],
      ['ru-RU', 'Рядов больше, чем можно нарисовать'],
    ] as const) {
      await using person = await browser.newPerson({ locale });
      const { page } = person;
      await open(page, '/monitor/explorer?q=%7Bjob%3D~%22.%2B%22%7D');
      await page.getByRole('alert').getByText(refusal).waitFor();
      expect(await page.getByText(/No samples in this period|значений нет/).count()).toBe(0);
    }
  });

  it('should say in the tables what cannot be drawn', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await open(page, '/monitor/explorer?q=shop_discount&view=table');
    await page.locator('table.values').getByRole('cell', { name: 'NaN' }).first().waitFor();
    await page
      .getByRole('row', { name: /shop_discount/ })
      .getByRole('cell', { name: 'NaN' })
      .waitFor();
  });

  it('should say what is wrong with a selector, at the selector', async () => {
    await using person = await browser.newPerson();
    const { page } = person;
    await open(page, '/monitor/explorer');
    await page.getByRole('combobox', { name: 'Selector 1' }).fill('up{job=');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('up{job=').waitFor();
  });

  it.each(['light', 'dark'] as const)('should be open to everybody, in %s', async (colorScheme) => {
    await using person = await browser.newPerson({ colorScheme });
    const { page } = person;
    const faults: Record<string, readonly string[]> = {};
    shop.setBroken(true);
    await open(page, '/monitor');
    await row(page, 'shop').getByText('Failing').waitFor();
    faults['board'] = await findFaults(page);
    shop.setBroken(false);
    await page.getByRole('link', { name: 'Targets' }).click();
    await page.getByRole('row', { name: /shop/ }).waitFor();
    faults['targets'] = await findFaults(page);
    await page.goto(`${daywatch.url}/monitor/explorer?q=up`);
    await page.getByRole('row', { name: /^up/ }).first().waitFor();
    faults['explorer'] = await findFaults(page);
    await page.getByLabel('As a table').check();
    await page.locator('table.values').waitFor();
    faults['table'] = await findFaults(page);
    expect(faults).toEqual({ board: [], targets: [], explorer: [], table: [] });
    expect(person.complaints).toEqual([]);
  });

  it('should fit on a phone, in Russian too', async () => {
    await using person = await browser.newPerson({ ...looks.phone, locale: 'ru-RU', hasTouch: true });
    const { page } = person;
    await open(page, '/');
    await page.getByRole('link', { name: 'Мониторинг' }).tap();
    await row(page, 'shop').getByText('В порядке').waitFor();
    const widths = [await page.evaluate('document.documentElement.scrollWidth')];
    await page.getByRole('link', { name: 'Цели' }).tap();
    await page.getByRole('row', { name: /shop/ }).waitFor();
    widths.push(await page.evaluate('document.documentElement.scrollWidth'));
    // A table that is drawn as blocks is one by its roles alone.
    expect(await page.locator('.targets, .targets :is(thead, tbody, tr, th, td)').count()).toBeGreaterThan(
      10,
    );
    expect(await page.locator(':is(table, thead, tbody, tr, th, td):not([role])').count()).toBe(0);
    // All that is known of a target is seen without scrolling sideways.
    widths.push(await page.locator('.table-scroll').evaluate((table) => table.scrollWidth + 20));
    await page.getByRole('link', { name: 'Графики' }).tap();
    await page.getByRole('button', { name: 'up', exact: true }).tap();
    await page.getByRole('row', { name: /^up/ }).first().waitFor();
    widths.push(await page.evaluate('document.documentElement.scrollWidth'));
    expect(widths).toEqual([375, 375, 375, 375]);
  });
});

/** The keys that lead from the active option to another. */
async function optionsUntil(page: Page, name: string): Promise<readonly string[]> {
  const options = await page.locator('.choices [role=option]').allTextContents();
  const active = await page.locator('.choices [role=option][aria-selected=true]').textContent();
  const steps = options.indexOf(name) - options.indexOf(active ?? '');
  return Array.from({ length: Math.abs(steps) }, () => (steps > 0 ? 'ArrowDown' : 'ArrowUp'));
}
