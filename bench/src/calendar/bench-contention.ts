import type { Figure } from '../report.ts';
import type { BenchHouse } from './bench-house.ts';
import type { BenchUser } from './bench-users.ts';
import { createEvent, openGrpc } from './calls.ts';

const ATTEMPTS = 1_000;

/** A thousand connections ask for one slot at the same moment: exactly one gets it. */
export async function benchContention(house: BenchHouse, user: BenchUser): Promise<Figure> {
  const connections = await openGrpc(house, ATTEMPTS);
  const event = { title: 'The one slot', start: '2029-02-03T10:00:00Z', duration: 'PT1H' };
  const started = performance.now();
  const ids = await Promise.all(connections.map((connection) => createEvent(connection, user.token, event)));
  const tookMs = performance.now() - started;
  for (const connection of connections) connection.close();
  const created = ids.filter((id) => id !== undefined).length;
  return {
    name: `${ATTEMPTS} concurrent attempts at one slot: events made`,
    ours: `${created} in ${Math.round(tookMs)} ms`,
    limit: 'exactly 1',
    value: created,
    unit: '',
    wanted: { atMost: 1 },
  };
}
