import { createEvent as createEventUseCase, formatUtc, toInstant } from '@daywatch/calendar';
import { runClients } from '../load/run-clients.ts';
import { runPgbench } from '../measure/pgbench.ts';
import { toPgbenchLines } from '../measure/pgbench-script.ts';
import type { Figure } from '../report.ts';
import type { BenchHouse } from './bench-house.ts';
import type { BenchUser } from './bench-users.ts';
import { createEvent, openGrpc } from './calls.ts';
import { recordUseCase } from './recorded-context.ts';
import { compareInRounds } from './rounds.ts';

const CLIENTS = 4;
const WEEKS = 520;
const TITLE = 'Weekly with the whole team';
const RRULE = `FREQ=WEEKLY;COUNT=${WEEKS}`;
const WEEK_SECONDS = 7 * 86_400;

/** Every series has a minute of the week of its own in its calendar, counted from here: none is refused. */
const FIRST_SECONDS = Date.parse('2061-01-02T00:00:00Z') / 1000;
const MINUTES_PER_CLIENT = 300;

/** A weekly series of ten years with its conflict check, beside the adapter's own statements in pgbench. */
export async function benchCreateSeries(
  house: BenchHouse,
  users: readonly BenchUser[],
  seconds: number,
): Promise<Figure> {
  const script = await writeScript(house, users);
  const connections = await openGrpc(house, CLIENTS);
  const compared = await compareInRounds(
    'A weekly series of 520',
    async (round) => {
      const defines = { n: 0, first: minuteOf(2 * round, 0, 0) };
      return (await runPgbench(house.dsn, script, { clients: CLIENTS, seconds, defines })).perSecond;
    },
    async (round) => {
      const load = await runClients(CLIENTS, seconds, async (client, turn) => {
        const { token } = users[Math.floor(Math.random() * users.length)] as BenchUser;
        const startMs = (FIRST_SECONDS + minuteOf(2 * round + 1, client, turn) * 60) * 1000;
        const event = {
          title: TITLE,
          start: new Date(startMs).toISOString(),
          duration: 'PT1M',
          recurrence: { rrule: RRULE },
        };
        return (
          (await createEvent(connections[client] as (typeof connections)[number], token, event)) !== undefined
        );
      });
      if (load.failed > 0) throw new Error(`${load.failed} of ${load.calls} CreateEvent calls failed`);
      return load.perSecond;
    },
  );
  for (const connection of connections) connection.close();
  return {
    name: `CreateEvent, a weekly series of ${WEEKS}, gRPC`,
    ours: `${Math.round(compared.oursPerSecond)} /s`,
    limit: `${Math.round(compared.rawPerSecond)} /s pgbench`,
    value: compared.ratio,
    unit: 'of raw',
    wanted: { atLeast: 0.5 },
  };
}

/** A week has 10,080 minutes: eight parts of four clients, each with minutes of its own. */
function minuteOf(part: number, client: number, turn: number): number {
  if (turn >= MINUTES_PER_CLIENT) throw new Error('there are no more minutes: use shorter rounds');
  return (part * CLIENTS + client) * MINUTES_PER_CLIENT + turn;
}

/** One turn of the script is one series: the statements that the use case sends, each time a minute later. */
async function writeScript(house: BenchHouse, users: readonly BenchUser[]): Promise<string> {
  const user = users[0] as BenchUser;
  const startSeconds = FIRST_SECONDS - WEEK_SECONDS * (WEEKS + 1);
  const starts = instants(startSeconds);
  const ends = instants(startSeconds + 60);
  let eventId = '';
  const sent = await recordUseCase(house.postgres, async (context) => {
    const input = { title: TITLE, start: starts[0], duration: 'PT1M', recurrence: { rrule: RRULE } };
    eventId = (await createEventUseCase(context, user.id, input)).id;
  });
  const at = (add: number) => `to_timestamp(${FIRST_SECONDS} + (:minute::bigint + ${add}) * 60)`;
  const weekly = (add: number) =>
    `SELECT array_agg(${at(add)} + week * interval '7 days' ORDER BY week) FROM generate_series(0, ${WEEKS - 1}) week`;
  const lines = toPgbenchLines(
    sent,
    new Map([
      [user.id, `'user-' || :user::text`],
      [user.calendarId, `('00000000-0000-7000-9000-' || lpad(to_hex(:user::int), 12, '0'))::uuid`],
      [eventId, `('01900000-0000-7000-8001-' || lpad(to_hex(:minute::bigint), 12, '0'))::uuid`],
      [toIso(starts[0]), at(0)],
      [toIso(ends[0]), at(1)],
      [toIso(ends.at(-1)), `${at(1)} + ${WEEKS - 1} * interval '7 days'`],
      [starts.join(','), weekly(0)],
      [ends.join(','), weekly(1)],
    ]),
  );
  return [
    String.raw`\set user random(0, ${users.length - 1})`,
    String.raw`\set minute :first + :client_id * ${MINUTES_PER_CLIENT} + :n`,
    String.raw`\set n :n + 1`,
    ...lines,
  ].join('\n');
}

/** Single instants are sent with their milliseconds. */
function toIso(text = ''): string {
  return new Date(text).toISOString();
}

function instants(firstSeconds: number): readonly string[] {
  return Array.from({ length: WEEKS }, (_, week) =>
    formatUtc(toInstant((firstSeconds + week * WEEK_SECONDS) * 1000)),
  );
}
