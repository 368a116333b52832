import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a place answers once. */
export interface StageAnswer {
  readonly status?: number;
  readonly body?: string;
  /** The caller waits in vain. */
  readonly hangs?: boolean;
}

/** Something that was posted to a place. */
export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Stage extends AsyncDisposable {
  readonly origin: string;
}

/** What services that nobody directs answer, so that they are well. */
const WELL: Readonly<Record<string, StageAnswer>> = {
  '/health': { body: '{"status":"pass"}' },
  '/metrics': { body: '# TYPE visits_total counter\nvisits_total 7\n' },
};

/**
 * The world around the system under test: `/at/<place>/…` is where webhooks go and what the monitor watches. Scenarios
 * run in other processes; they direct a place with `PUT /directions/<place>`, and read `GET /received/<place>`.
 * @param url what it is called by the system; it listens on that port, and off loopback where that is no loopback name
 */
export async function openStage(url: string): Promise<Stage> {
  const { hostname, port } = new URL(url);
  const directions = new Map<string, StageAnswer[]>();
  const received = new Map<string, Received[]>();

  async function play(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind, place = '', ...rest] = (request.url ?? '').split(/[/?]/);
    const body = await text(request);
    if (kind === 'directions') {
      const { path, answers } = JSON.parse(body) as { path: string; answers: StageAnswer[] };
      directions.set(place + path, answers);
      response.writeHead(204).end();
    } else if (kind === 'received') {
      response.end(JSON.stringify(received.get(place) ?? []));
    } else {
      const path = `/${rest.join('/')}`;
      if (request.method === 'POST') {
        received.set(place, [...(received.get(place) ?? []), { headers: request.headers, body }]);
      }
      const answers = directions.get(place + path) ?? [];
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? WELL[path] ?? { body: 'Welcome' };
      if (answer.hangs !== true) response.writeHead(answer.status ?? 200).end(answer.body ?? '');
    }
  }

  const server = createServer((request, response) => {
    play(request, response).catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  const isLoopback = /^(localhost|127\.|\[::1\])/.test(hostname);
  server.listen(Number(port), isLoopback ? '127.0.0.1' : '0.0.0.0');
  await once(server, 'listening');
  return { origin: new URL(url).origin, [Symbol.asyncDispose]: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
