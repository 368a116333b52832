import { CalendarService } from '@daywatch/protocol/calendar';
import { connect } from '../../../packages/calendar/tests/_support/grpc-client.ts';
import { writeDueReminders } from '../due-reminders.ts';
import type { WatchedHouse } from './watched-house.ts';

const ROUNDS = 200;
const PAUSE_MS = 500;

/** Asks a house for something of everything, well and badly, some times a second; it ends by itself, or by being disposed of. */
export function startLoad(house: WatchedHouse): AsyncDisposable {
  const stopping = new AbortController();
  const work = keepAsking(house, stopping.signal);
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await work;
    },
  };
}

async function keepAsking(house: WatchedHouse, signal: AbortSignal): Promise<void> {
  const { apiOrigin, restapiOrigin, token, dsn } = house;
  using grpc = connect(new URL(apiOrigin).host, token);
  const ask = async (url: string, body?: object): Promise<void> => {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    await answer.arrayBuffer();
  };
  for (let round = 0; round < ROUNDS && !signal.aborted; round++) {
    const event = { title: 'Round', start: startOf(round), duration: 'PT30M', time_zone: 'UTC' };
    await ask(`${apiOrigin}/api/v1/events`, event);
    // The time is taken now.
    await ask(`${apiOrigin}/api/v1/events`, event);
    await ask(`${apiOrigin}/api/v1/events/01890000-0000-7000-8000-000000000000`);
    await ask(`${apiOrigin}/api/v1/targets`);
    await ask(`${restapiOrigin}/api/v1/targets`);
    await grpc.call(CalendarService.method.listCalendars, {});
    await writeDueReminders(dsn, { count: 1 });
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function startOf(round: number): string {
  return new Date(Date.UTC(2040, 0, 1) + round * 3_600_000).toISOString().slice(0, 19);
}
