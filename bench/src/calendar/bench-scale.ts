import { median } from '../measure/median.ts';
import type { Figure } from '../report.ts';
import type { BenchDatabase, BenchHouse } from './bench-house.ts';
import { addBenchUsers, type BenchUser } from './bench-users.ts';
import { countOccurrences, listWeek, listWeekRequest, openGrpc } from './calls.ts';
import { loadEvents, settle } from './load-events.ts';
import { ROWS, WEEK } from './week.ts';

const FEW = 1_000;
const MANY = 100_000;
const ALL = 1_000_000;
const CALLS = 3_000;

/**
 * A week of a calendar of 100,000 events in a database of a million, beside the same week of a calendar of
 * 1,000 that has a database of the same server to itself. Each has an API process, and they are asked in
 * turn, so that what else the machine does falls on both.
 * @param users the last of them gets the large calendar.
 */
export async function benchScale(house: BenchHouse, users: readonly BenchUser[]): Promise<Figure> {
  await using few = await house.addDatabase('few');
  const [fewUser] = await addBenchUsers(few.postgres, 1);
  await loadEvents(few, { first: 0, last: 0 }, FEW, FEW / 2);
  const last = users.length - 1;
  await loadEvents(house, { first: last, last }, MANY, MANY / 2);
  const eventsEach = Math.ceil((ALL - MANY) / last);
  await loadEvents(house, { first: 0, last: last - 1 }, eventsEach, eventsEach + 50);
  await Promise.all([settle(house.postgres), settle(few.postgres)]);
  const times = [await openTimer(few, fewUser), await openTimer(house, users[last])] as const;
  for (let call = 0; call < CALLS; call++) for (const timer of times) await timer.call();
  const [fewMs, manyMs] = [times[0].medianMs(), times[1].medianMs()];
  return {
    name: `a week of ${ROWS} among 100,000 of 1,000,000 events`,
    ours: `${manyMs.toFixed(3)} ms`,
    limit: `${fewMs.toFixed(3)} ms among 1,000`,
    value: manyMs / fewMs,
    unit: 'times',
    wanted: { atMost: 1.5 },
  };
}

/** Asks for the week, and keeps how long each answer took. */
async function openTimer(database: BenchDatabase, user: BenchUser | undefined) {
  const [connection] = await openGrpc(database, 1);
  if (!connection || !user) throw new Error('there is nobody to ask');
  const request = listWeekRequest(WEEK);
  const timesMs: number[] = [];
  return {
    async call(): Promise<void> {
      const started = performance.now();
      const answer = await listWeek(connection, user.token, request);
      timesMs.push(performance.now() - started);
      if (!answer.isOk || (timesMs.length === 1 && countOccurrences(answer.message) !== ROWS))
        throw new Error('ListWeek failed');
    },
    /** The first calls warm the process up. */
    medianMs(): number {
      connection.close();
      return median(timesMs.slice(timesMs.length / 3));
    },
  };
}
