import { median } from '../measure/median.ts';
import type { Figure } from '../report.ts';
import type { BenchHouse } from './bench-house.ts';
import type { BenchUser } from './bench-users.ts';
import { countOccurrences, listWeek, listWeekRequest, openGrpc } from './calls.ts';
import { loadEvents } from './load-events.ts';
import { ROWS, WEEK } from './week.ts';

const FEW = 1_000;
const MANY = 100_000;
const ALL = 1_000_000;
const CALLS = 3_000;

/** How long a week takes in a database of a thousand events; to be called before anything else is loaded. */
export async function measureFew(house: BenchHouse, user: BenchUser, index: number): Promise<number> {
  await loadEvents(house, { first: index, last: index }, FEW, FEW / 2);
  return measureWeekMs(house, user);
}

/** The same week in a calendar of 100,000 events, in a database of a million. */
export async function benchScale(
  house: BenchHouse,
  users: readonly BenchUser[],
  many: { readonly user: BenchUser; readonly index: number },
  fewMs: number,
): Promise<Figure> {
  await loadEvents(house, { first: many.index, last: many.index }, MANY, MANY / 2);
  const others = users.length - 2;
  const eventsEach = Math.ceil((ALL - MANY) / others);
  await loadEvents(house, { first: 0, last: others - 1 }, eventsEach, eventsEach + 50);
  await house.postgres.query({ name: 'bench.analyze', text: 'ANALYZE' }, []);
  const manyMs = await measureWeekMs(house, many.user);
  return {
    name: `a week of ${ROWS} among 100,000 of 1,000,000 events`,
    ours: `${manyMs.toFixed(3)} ms`,
    limit: `${fewMs.toFixed(3)} ms among 1,000`,
    value: manyMs / fewMs,
    unit: 'times',
    wanted: { atMost: 1.5 },
  };
}

/** The median time of a call, one after the other. */
async function measureWeekMs(house: BenchHouse, user: BenchUser): Promise<number> {
  const [connection] = await openGrpc(house, 1);
  if (!connection) throw new Error('no connection');
  const request = listWeekRequest(WEEK);
  const timesMs: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const started = performance.now();
    const answer = await listWeek(connection, user.token, request);
    timesMs.push(performance.now() - started);
    if (!answer.isOk || (i === 0 && countOccurrences(answer.message) !== ROWS))
      throw new Error('ListWeek failed');
  }
  connection.close();
  // The first calls warm the process up.
  return median(timesMs.slice(CALLS / 3));
}
