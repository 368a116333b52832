import { createEvent } from '@daywatch/calendar';
import { runPgbench } from '../measure/pgbench.ts';
import { toPgbenchLines } from '../measure/pgbench-script.ts';
import { runClients } from '../load/run-clients.ts';
import type { Figure } from '../report.ts';
import type { BenchHouse } from './bench-house.ts';
import type { BenchUser } from './bench-users.ts';
import { addEvent, eventRequestsAt, openGrpc } from './calls.ts';
import { recordUseCase } from './recorded-context.ts';
import { compareInRounds } from './rounds.ts';

const CLIENTS = 8;

/** Every event has a minute of its own, counted from here: no call is refused. */
const FIRST_MINUTE_MS = Date.parse('2031-01-01T00:00:00Z');
const MINUTES_PER_CLIENT = 100_000;

/** CreateEvent over all users' calendars, beside the adapter's own statements in pgbench. */
export async function benchCreateEvent(
  house: BenchHouse,
  users: readonly BenchUser[],
  seconds: number,
): Promise<Figure> {
  const script = await writeScript(house, users);
  const connections = await openGrpc(house, CLIENTS);
  const requestAt = eventRequestsAt({ title: TITLE, duration: 'PT1M' });
  const compared = await compareInRounds(
    'CreateEvent',
    async (round) => {
      const defines = { n: 0, first: minuteOf(2 * round, 0, 0) };
      return (await runPgbench(house.dsn, script, { clients: CLIENTS, seconds, defines })).perSecond;
    },
    async (round) => {
      const load = await runClients(CLIENTS, seconds, async (client, turn) => {
        const { token } = users[Math.floor(Math.random() * users.length)] as BenchUser;
        const request = requestAt(FIRST_MINUTE_MS + minuteOf(2 * round + 1, client, turn) * 60_000);
        const connection = connections[client] as (typeof connections)[number];
        return (await addEvent(connection, token, request)).isOk;
      });
      if (load.failed > 0) throw new Error(`${load.failed} of ${load.calls} CreateEvent calls failed`);
      return load.perSecond;
    },
  );
  for (const connection of connections) connection.close();
  return {
    name: `CreateEvent, ${users.length} calendars, gRPC`,
    ours: `${Math.round(compared.oursPerSecond)} /s`,
    limit: `${Math.round(compared.rawPerSecond)} /s pgbench`,
    value: compared.ratio,
    unit: 'of raw',
    wanted: { atLeast: 0.5 },
  };
}

const TITLE = 'Planning with the whole team';

function minuteOf(part: number, client: number, turn: number): number {
  return (part * CLIENTS + client) * MINUTES_PER_CLIENT + turn;
}

/** One turn of the script is one CreateEvent: the statements that the use case sends, with another row each. */
async function writeScript(house: BenchHouse, users: readonly BenchUser[]): Promise<string> {
  const user = users[0] as BenchUser;
  const startMs = Date.parse('2030-12-01T00:00:00Z');
  const endMs = startMs + 60_000;
  let eventId = '';
  const sent = await recordUseCase(house.postgres, async (context) => {
    const input = { title: TITLE, start: new Date(startMs).toISOString(), duration: 'PT1M' };
    eventId = (await createEvent(context, user.id, input)).id;
  });
  const minute = (add: number) => `to_timestamp(${FIRST_MINUTE_MS / 1000} + (:minute::bigint + ${add}) * 60)`;
  const lines = toPgbenchLines(
    sent,
    new Map([
      [user.id, `'user-' || :user::text`],
      [user.calendarId, `('00000000-0000-7000-9000-' || lpad(to_hex(:user::int), 12, '0'))::uuid`],
      [eventId, `('01900000-0000-7000-8000-' || lpad(to_hex(:minute::bigint), 12, '0'))::uuid`],
      [new Date(startMs).toISOString(), minute(0)],
      [new Date(endMs).toISOString(), minute(1)],
    ]),
  );
  return [
    String.raw`\set user random(0, ${users.length - 1})`,
    String.raw`\set minute :first + :client_id * ${MINUTES_PER_CLIENT} + :n`,
    String.raw`\set n :n + 1`,
    ...lines,
  ].join('\n');
}
