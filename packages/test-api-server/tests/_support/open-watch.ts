import { waitFor } from '../../../../tests/_support/wait-for.ts';
import type { ApiServer, KubeObject } from '../../src/index.ts';

interface Event {
  readonly type: string;
  readonly object: KubeObject;
}

/** A watch that notes what it hears. */
export interface OpenWatch extends AsyncDisposable {
  readonly events: readonly Event[];
  /** `ADDED name`, of objects alone. */
  seen(): readonly string[];
  until(count: number): Promise<void>;
  readonly ended: Promise<void>;
}

export async function openWatch(server: ApiServer, path: string): Promise<OpenWatch> {
  const aborter = new AbortController();
  const response = await fetch(`${server.url}${path}${path.includes('?') ? '&' : '?'}watch=true`, {
    headers: { authorization: `Bearer ${server.token()}` },
    signal: aborter.signal,
  });
  const events: Event[] = [];
  const ended = listen(response, events).catch(() => undefined);
  return {
    events,
    ended,
    seen: () =>
      events
        .filter(({ type }) => type !== 'BOOKMARK')
        .map(({ type, object }) => `${type} ${object.metadata.name}`),
    until: (count) => waitFor(`${count} events`, () => events.length >= count, 10_000),
    [Symbol.asyncDispose]: async () => {
      aborter.abort();
      await ended;
    },
  };
}

async function listen(response: Response, events: Event[]): Promise<void> {
  let rest = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    events.push(...lines.map((line) => JSON.parse(line) as Event));
  }
}
