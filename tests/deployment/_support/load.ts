import { randomUUID } from 'node:crypto';
import { eventWithReminder, type Answer, type Calendar } from './calendar.ts';

/** People who go on adding events with reminders, whatever happens to the servers. */
export interface Load {
  /** The ids of those that were acknowledged until now. */
  readonly acknowledged: ReadonlySet<string>;
  /** When it began: no reminder is due earlier. */
  readonly startMs: number;
  /** Ends once what was begun is acknowledged too. */
  readonly stop: () => Promise<void>;
}

const PEOPLE = 2;
const PAUSE_MS = 100;

export function startLoad({ call }: Calendar): Load {
  const acknowledged = new Set<string>();
  const stopping = new AbortController();
  const startMs = Date.now();
  async function addOne(): Promise<void> {
    const id = randomUUID();
    // Offered again until it is acknowledged, as a client does who has had no answer: the id makes that safe.
    const event = eventWithReminder(id, `Under load ${id}`);
    while (!(await call('POST', '/api/v1/events', event).then(isAcknowledged, isBroken))) await pause();
    acknowledged.add(id);
  }
  const people = Array.from({ length: PEOPLE }, async () => {
    while (!stopping.signal.aborted) {
      await addOne();
      await pause();
    }
  });
  const all = Promise.all(people);
  // Whoever stops it hears of a failure.
  all.catch(() => undefined);
  return {
    acknowledged,
    startMs,
    async stop() {
      stopping.abort();
      await all;
    },
  };
}

function isAcknowledged({ status, body }: Answer): boolean {
  if (status === 200 || status === 201) return true;
  if (status >= 500 || status === 429) return false;
  throw new Error(`an event was refused with ${status}: ${JSON.stringify(body)}`);
}

/** A connection that broke, or an answer that did not come. */
function isBroken(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof SyntaxError) return false;
  if (error instanceof DOMException && error.name === 'TimeoutError') return false;
  throw error;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
