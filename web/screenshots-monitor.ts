import { makeLabels } from '@daywatch/series';
import type { BoardHouse } from '../bench/src/web/board-house.ts';

const NAMES = [
  'shop',
  'payments',
  'search',
  'mail',
  'gometr',
  'calendar',
  'monitor',
  'database',
  'cache',
  'docs',
];
const HOUR_MS = 3_600_000;
const STEP_MS = 5000;
const DAYS = 90;
const BATCH = 2000;
/** When and for how long each was down, in hours ago. */
const OUTAGES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  shop: [
    [0.2, 0],
    [411, 409],
  ],
  mail: [
    [300, 288],
    [900, 894],
  ],
  cache: [[1210, 1195]],
  search: [[6.5, 5.9]],
};

/** Three months of checks, an hour of series, and how everything stands now: the shop is down. */
export async function fillMonitor(house: BoardHouse): Promise<void> {
  const nowMs = Date.now();
  await house.watch(
    NAMES.map((id) => ({
      id,
      domain: id,
      kind: 'prometheus',
      url: `https://${id}.example.org:9100`,
      intervalMs: STEP_MS,
      timeoutMs: 3000,
    })),
  );
  const results = NAMES.flatMap((id, n) => hoursAgo().map((hours) => makeResult(id, n, hours, nowMs)));
  for (let i = 0; i < results.length; i += BATCH) await house.record(results.slice(i, i + BATCH));
  // Each is reported twice, so that it has stood for a while.
  for (const atMs of [nowMs - 12 * 60_000, nowMs - 1000]) {
    await house.report(NAMES.map((id) => makeReport(id, atMs)));
  }
  for (const [n, job] of ['shop', 'payments'].entries()) await fillSeries(house, job, n, nowMs);
}

/** Every three minutes of the last day, and six times a day before. */
function hoursAgo(): readonly number[] {
  const recent = Array.from({ length: 480 }, (_, i) => i / 20);
  const before = Array.from({ length: (DAYS - 1) * 6 }, (_, i) => 24 + i * 4);
  return [...recent, ...before];
}

function makeResult(id: string, n: number, hours: number, nowMs: number) {
  const isDown = OUTAGES[id]?.some(([from, to]) => hours <= from && hours >= to) ?? false;
  const hasWarning = id === 'payments' && hours < 2;
  return {
    targetId: id,
    domain: id,
    atMs: Math.round(nowMs - hours * HOUR_MS - n * 10),
    status: isDown ? ('fail' as const) : hasWarning ? ('warn' as const) : ('pass' as const),
    durationMs: 6 + n + 3 * Math.sin(hours * 40 + n) + 2 * Math.cos(hours * 97),
    reason: isDown ? 'it answered 503' : undefined,
  };
}

function makeReport(targetId: string, atMs: number) {
  const fine = {
    targetId,
    status: 'pass' as const,
    reason: undefined,
    atMs,
    durationMs: 8.4,
    scrape: { kind: 'read' as const, samples: 212, refused: 0 },
  };
  if (targetId === 'shop') {
    const reason =
      'GET https://shop.example.org:9100/health answered 503 Service Unavailable; expected are 200-299';
    return { ...fine, status: 'fail' as const, reason };
  }
  if (targetId === 'payments') {
    return { ...fine, status: 'warn' as const, reason: 'the certificate ends in 9 days' };
  }
  return fine;
}

async function fillSeries(
  { series: { writer } }: BoardHouse,
  job: string,
  n: number,
  nowMs: number,
): Promise<void> {
  const source = await writer.openSource(
    `target ${job}`,
    makeLabels({ job, instance: `${job}.example.org:9100` }),
  );
  const layout = await writer.registerLayout([
    makeLabels({ __name__: 'up' }),
    makeLabels({ __name__: 'request_duration_seconds', code: '200' }),
  ]);
  const scrapes = Array.from({ length: HOUR_MS / STEP_MS }, (_, i) => ({
    source,
    layout,
    atMs: nowMs - HOUR_MS + i * STEP_MS,
    values: Float64Array.of(
      1,
      0.02 + 0.008 * Math.sin(i / 40 + n * 2) + 0.002 * Math.sin(i * 1.7) + n * 0.006,
    ),
  }));
  await writer.append(scrapes);
}
