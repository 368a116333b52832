import { cpuSeconds } from '../measure/cpu-time.ts';
import { runClients } from '../load/run-clients.ts';
import type { Figure } from '../report.ts';
import type { BenchHouse } from './bench-house.ts';
import type { BenchUser } from './bench-users.ts';
import { createEvent, getEvent, openGrpc } from './calls.ts';

const CLIENTS = 8;

/** CPU of the API process for a GetEvent. */
export async function benchGetEvent(house: BenchHouse, user: BenchUser, seconds: number): Promise<Figure> {
  const connections = await openGrpc(house, CLIENTS);
  const [first] = connections;
  if (!first) throw new Error('no connection');
  const event = { title: 'Read again and again', start: '2028-02-03T10:00:00Z', duration: 'PT1H' };
  const id = await createEvent(first, user.token, event);
  if (id === undefined) throw new Error('CreateEvent failed');
  const call = (client: number) => getEvent(connections[client] ?? first, user.token, id);
  await runClients(CLIENTS, seconds, call);
  const before = cpuSeconds(house.api.pid);
  const load = await runClients(CLIENTS, seconds, call);
  const cpuMs = ((cpuSeconds(house.api.pid) - before) / load.calls) * 1000;
  for (const connection of connections) connection.close();
  if (load.failed > 0) throw new Error(`${load.failed} of ${load.calls} GetEvent calls failed`);
  return {
    name: 'GetEvent, gRPC: CPU of the API process',
    ours: `${cpuMs.toFixed(3)} ms`,
    limit: `${Math.round(load.perSecond)} /s`,
    value: cpuMs,
    unit: 'ms',
    wanted: { atMost: 0.35 },
  };
}
