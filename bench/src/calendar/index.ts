import type { Figure } from '../report.ts';
import { benchContention } from './bench-contention.ts';
import { benchCreateEvent } from './bench-create-event.ts';
import { benchCreateSeries } from './bench-create-series.ts';
import { benchGetEvent } from './bench-get-event.ts';
import { openBenchHouse } from './bench-house.ts';
import { benchListWeek } from './bench-list-week.ts';
import { benchScale, measureFew } from './bench-scale.ts';
import { addBenchUsers, type BenchUser } from './bench-users.ts';
import { loadEvents } from './load-events.ts';

const USERS = 1_000;

/** The calendar's figures; about five minutes with rounds of 8 seconds. */
export async function benchCalendar(seconds: number): Promise<readonly Figure[]> {
  await using house = await openBenchHouse();
  const users = await addBenchUsers(house.postgres, USERS + 2);
  const load = users.slice(0, USERS);
  const few = users[USERS] as BenchUser;
  const many = { user: users[USERS + 1] as BenchUser, index: USERS + 1 };
  const fewMs = await measureFew(house, few, USERS);
  const created = await benchCreateEvent(house, load, seconds);
  await loadEvents(house, { first: 0, last: USERS - 1 }, 20, 5);
  await house.postgres.query({ name: 'bench.analyze', text: 'ANALYZE' }, []);
  const listed = await benchListWeek(house, load, seconds);
  const got = await benchGetEvent(house, few, seconds);
  const contended = await benchContention(house, few);
  const scaled = await benchScale(house, users, many, fewMs);
  const series = await benchCreateSeries(house, load, seconds);
  return [created, series, ...listed, got, scaled, contended];
}
