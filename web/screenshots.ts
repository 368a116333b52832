/**
 * `make screenshots`: draws the pictures of the page in docs/images/ from the real application: the calendar with made-up
 * events on days that do not change, the monitor with what a checker might have written until now.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { openBoardHouse } from '../bench/src/web/board-house.ts';
import { openPageHouse } from '../bench/src/web/page-house.ts';
import { fillMonitor } from './screenshots-monitor.ts';

const IMAGES = resolve(import.meta.dirname, '../docs/images');
const NOW = new Date('2031-03-12T10:20:00+01:00');
const ZONE = 'Europe/Berlin';

const EVENTS = [
  {
    title: 'Stand-up',
    start: '2031-03-03T09:15:00',
    duration: 'PT15M',
    location: 'Room 4',
    recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' },
  },
  {
    title: 'Planning',
    start: '2031-03-03T10:00:00',
    duration: 'PT1H30M',
    recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=MO' },
  },
  {
    title: 'Choir',
    start: '2031-03-04T19:00:00',
    duration: 'PT2H',
    recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=TU' },
  },
  { title: 'Lunch with Vera', start: '2031-03-12T12:30:00', duration: 'PT1H', location: 'Markthalle' },
  { title: 'Dentist', start: '2031-03-13T15:00:00', duration: 'PT45M', notify_before: ['P1D', 'PT30M'] },
  { title: 'Design review', start: '2031-03-12T14:00:00', duration: 'PT1H30M', location: 'Room 2' },
  { title: 'Running', start: '2031-03-14T17:30:00', duration: 'PT1H', busy: false },
  { title: 'Conference in Lisbon', start: '2031-03-18', end: '2031-03-21', all_day: true },
  { title: 'Grandparents visiting', start: '2031-03-14', end: '2031-03-17', all_day: true },
  { title: 'Night train', start: '2031-03-17T20:40:00', end: '2031-03-18T08:10:00', location: 'Platform 11' },
] as const;

type Open = (page: Page, path: string) => Promise<void>;

await using house = await openPageHouse();
for (const event of EVENTS) await house.add({ time_zone: ZONE, ...event });
await mkdir(IMAGES, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox'],
});
const calendar = { open: house.open, now: NOW, until: '.chip, .agenda-line' };
await draw('month', '/month/2031-03-12', calendar);
await draw('week-dark', '/week/2031-03-12', { ...calendar, colorScheme: 'dark' });
await draw('phone', '/agenda/2031-03-12', { ...calendar, width: 390, height: 720 });
await draw('taken', '/week/2031-03-12', calendar, async (page) => {
  await page.getByRole('button', { name: 'New event' }).first().click();
  await page.getByLabel('Title', { exact: true }).fill('Interview');
  await page.getByLabel('Start time').fill('14:30');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.slot').first().waitFor();
});
await using monitor = await openBoardHouse();
await fillMonitor(monitor);
const board = { open: monitor.open, until: '.check' };
await draw('board', '/monitor?period=90d', board);
await draw('board-dark', '/monitor', { ...board, colorScheme: 'dark' });
await draw('board-phone', '/monitor', { ...board, width: 390, height: 720 });
const query = encodeURIComponent('request_duration_seconds{code="200"}');
await draw('explorer', `/monitor/explorer?q=${query}`, { open: monitor.open, until: 'table.lines' });
await browser.close();

interface Look {
  readonly open: Open;
  /** The present, where it is not that of the machine. */
  readonly now?: Date;
  /** What has to be there. */
  readonly until: string;
  readonly colorScheme?: 'dark';
  readonly width?: number;
  readonly height?: number;
}

async function draw(
  name: string,
  path: string,
  look: Look,
  act: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const { open, now, until, colorScheme = 'light', width = 1280, height = 800 } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'en-GB',
    timezoneId: ZONE,
  });
  const page = await context.newPage();
  if (now) await page.clock.setFixedTime(now);
  await open(page, path);
  await page.locator(until).first().waitFor();
  await act(page);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  await context.close();
  console.log(`docs/images/${name}.png`);
}
