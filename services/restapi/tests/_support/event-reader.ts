import type { Json } from './house.ts';

/** A server-sent event. */
export interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Json;
}

/** An open stream of events. */
export interface EventReader {
  readonly response: Response;
  /** The next event; undefined where the server has ended the stream. */
  readonly next: () => Promise<ServerEvent | undefined>;
  readonly close: () => void;
}

const DEADLINE_MS = 20_000;

export async function readEvents(
  ask: (init: RequestInit) => Promise<Response>,
  lastEventId?: string,
): Promise<EventReader> {
  const controller = new AbortController();
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const response = await ask({ headers, signal: controller.signal });
  const events = parse(response);
  return {
    response,
    next: async () => {
      const timer = setTimeout(
        () => controller.abort(new Error(`no event within ${DEADLINE_MS} ms`)),
        DEADLINE_MS,
      );
      try {
        return (await events.next()).value as ServerEvent | undefined;
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => controller.abort(),
  };
}

async function* parse(response: Response): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
      );
      text = text.slice(end + 2);
      const event = fields.get('event');
      if (event === undefined) continue;
      yield { id: fields.get('id') ?? '', event, data: JSON.parse(fields.get('data') ?? 'null') };
    }
  }
}
