import { listPeriod } from '@daywatch/calendar';
import { cpuSeconds } from '../measure/cpu-time.ts';
import { runPgbench } from '../measure/pgbench.ts';
import { toPgbenchLines } from '../measure/pgbench-script.ts';
import { runClients } from '../load/run-clients.ts';
import type { Figure } from '../report.ts';
import type { BenchHouse } from './bench-house.ts';
import type { BenchUser } from './bench-users.ts';
import {
  countOccurrences,
  LIST_ZONE,
  listWeek,
  listWeekRequest,
  openGrpc,
  openHttp,
  weekPath,
} from './calls.ts';
import { loadEvents, settle } from './load-events.ts';
import { recordUseCase } from './recorded-context.ts';
import { compareInRounds } from './rounds.ts';
import { ROWS, WEEK } from './week.ts';

const CLIENTS = 8;

/** ListWeek of 10 occurrences over gRPC and HTTP, beside the adapter's own statements in pgbench. */
export async function benchListWeek(
  house: BenchHouse,
  users: readonly BenchUser[],
  seconds: number,
): Promise<readonly Figure[]> {
  await loadEvents(house, { first: 0, last: users.length - 1 }, 20, 5);
  await settle(house.postgres);
  const script = await writeScript(house, users);
  const raw = async () => (await runPgbench(house.dsn, script, { clients: CLIENTS, seconds })).perSecond;
  const grpc = await openGrpc(house, CLIENTS);
  const request = listWeekRequest(WEEK);
  const path = weekPath(WEEK);
  let cpuS = 0;
  let calls = 0;
  const overGrpc = await compareInRounds('ListWeek, gRPC', raw, async (round) => {
    const cpuBefore = cpuSeconds(house.api.pid);
    const load = await runClients(CLIENTS, seconds, async (client) => {
      const answer = await listWeek(at(grpc, client), at(users, randomIndex(users)).token, request);
      return answer.isOk;
    });
    if (round > 0) {
      cpuS += cpuSeconds(house.api.pid) - cpuBefore;
      calls += load.calls;
    }
    return checked(load);
  });
  // Opened now: the server closes a connection that says nothing for some seconds.
  const http = await openHttp(house, CLIENTS);
  await Promise.all(http.map((connection) => connection.get(path, at(users, 0).token)));
  const overHttp = await compareInRounds('ListWeek, HTTP', raw, async () => {
    const load = await runClients(CLIENTS, seconds, async (client) => {
      const answer = await at(http, client).get(path, at(users, randomIndex(users)).token);
      return answer.status === 200;
    });
    return checked(load);
  });
  const { message } = await listWeek(at(grpc, 0), at(users, 0).token, request);
  if (countOccurrences(message) !== ROWS)
    throw new Error(`the week has ${countOccurrences(message)} occurrences`);
  for (const connection of [...grpc, ...http]) connection.close();
  const cpuMs = (cpuS / calls) * 1000;
  const figure = (protocol: string, compared: typeof overGrpc, atLeast: number): Figure => ({
    name: `ListWeek of ${ROWS}, ${protocol}`,
    ours: `${Math.round(compared.oursPerSecond)} /s`,
    limit: `${Math.round(compared.rawPerSecond)} /s pgbench`,
    value: compared.ratio,
    unit: 'of raw',
    wanted: { atLeast },
  });
  return [
    figure('gRPC', overGrpc, 0.25),
    figure('HTTP', overHttp, 0.2),
    {
      name: `ListWeek of ${ROWS}, gRPC: CPU of the API process`,
      ours: `${cpuMs.toFixed(3)} ms`,
      limit: '',
      value: cpuMs,
      unit: 'ms',
      wanted: { atMost: 0.5 },
    },
  ];
}

async function writeScript(house: BenchHouse, users: readonly BenchUser[]): Promise<string> {
  const user = at(users, 0);
  const sent = await recordUseCase(house.postgres, (context) =>
    listPeriod(context, user.id, 'week', { date: WEEK, time_zone: LIST_ZONE }),
  );
  const lines = toPgbenchLines(sent, new Map([[user.id as string, `'user-' || :user::text`]]));
  return [String.raw`\set user random(0, ${users.length - 1})`, ...lines].join('\n');
}

function checked(load: {
  readonly calls: number;
  readonly failed: number;
  readonly perSecond: number;
}): number {
  if (load.failed > 0) throw new Error(`${load.failed} of ${load.calls} ListWeek calls failed`);
  return load.perSecond;
}

function randomIndex(list: readonly unknown[]): number {
  return Math.floor(Math.random() * list.length);
}

function at<T>(list: readonly T[], index: number): T {
  return list[index] as T;
}
