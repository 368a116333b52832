import { chromium, type CDPSession, type Page } from 'playwright-core';
import { median } from '../measure/median.ts';
import type { Figure } from '../report.ts';
import { openPageHouse, type PageHouse } from './page-house.ts';
import { watchTraffic, type Traffic } from './quiet.ts';

const OCCURRENCES = 2000;
const ROUNDS = 7;
/** The month that is full, and the one before it, which is empty. */
const FULL = '2031-03';
const EMPTY_DATE = '2031-01-15';
const FULL_DATE = '2031-03-15';

/** The page's figures: what drawing a crowded month costs the browser. */
export async function benchWeb(): Promise<readonly Figure[]> {
  await using house = await openPageHouse();
  await house.fillMonth(FULL, OCCURRENCES);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      timezoneId: 'Europe/Berlin',
    });
    const traffic = watchTraffic(page);
    const cdp = await page.context().newCDPSession(page);
    // CPU time of the thread: a machine that does other things meanwhile does not count.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await drawMonth(house, page, cdp, traffic));
    const value = median(rounds);
    return [
      {
        name: `The page: a month with ${OCCURRENCES} occurrences, main thread`,
        ours: `${value.toFixed(1)} ms`,
        limit: `${rounds.map((ms) => ms.toFixed(0)).join(', ')} ms`,
        value,
        unit: 'ms',
        wanted: { atMost: 100 },
      },
    ];
  } finally {
    await browser.close();
  }
}

/** Goes to the full month, and waits until it is on the screen; without asking again and again, which costs too. */
const DRAW = `new Promise((done) => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.chip')) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(done));
  }).observe(document.body, { childList: true, subtree: true });
  history.pushState(null, '', '/month/${FULL_DATE}');
})`;

/** From an empty month to the full one: asking, reading, laying out and drawing; in milliseconds of tasks. */
async function drawMonth(
  { open }: PageHouse,
  page: Page,
  cdp: CDPSession,
  traffic: Traffic,
): Promise<number> {
  await open(page, `/month/${EMPTY_DATE}`);
  await page.locator('.view:not([aria-busy=true])').waitFor();
  // What the page does of itself a while after it was drawn, such as looking ahead, is not meant.
  await traffic.quiet();
  const before = await taskMs(cdp);
  await page.evaluate(DRAW);
  return (await taskMs(cdp)) - before;
}

async function taskMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
}
