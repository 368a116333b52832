import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { CalendarService } from '@daywatch/protocol/calendar';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import type { Daywatch } from './daywatch.ts';
import { waitFor } from './wait-for.ts';

/** Many callers that add events, each as fast as it is answered, until the server is gone. */
export interface Writers {
  /** Waits until so many events were acknowledged since the start, and more are under way. */
  readonly until: (count: number) => Promise<void>;
  readonly finished: Promise<void>;
}

const CALLERS_PER_PROTOCOL = 8;

export function startWriters(
  daywatch: Daywatch,
  { round, acknowledged }: { readonly round: number; readonly acknowledged: Set<string> },
): Writers {
  const before = acknowledged.size;
  let added = 0;
  // Every event has an hour of its own, in a year of its round: none is in the way of another.
  const next = () => {
    const startMs = Date.UTC(2100 + round, 0, 1, added++);
    return {
      id: randomUUID(),
      title: 'Written',
      start: new Date(startMs).toISOString(),
      duration: 'PT1H',
    };
  };
  const grpc = openGrpc(daywatch);
  const callers = [addOverHttp(daywatch), grpc.add].flatMap((add) =>
    Array.from({ length: CALLERS_PER_PROTOCOL }, async () => {
      for (;;) {
        const event = next();
        // The end of the server is the end of the caller.
        const isAdded = await add(event).catch(() => false);
        if (!isAdded) return;
        acknowledged.add(event.id);
      }
    }),
  );
  const finished = Promise.all(callers).then(() => grpc.close());
  const until = async (count: number): Promise<void> => {
    await waitFor(`${count} events`, () => (acknowledged.size - before >= count ? true : undefined));
  };
  return { until, finished };
}

interface NewEvent {
  readonly id: string;
  readonly title: string;
  readonly start: string;
  readonly duration: string;
}

type AddEvent = (event: NewEvent) => Promise<boolean>;

function addOverHttp(daywatch: Daywatch): AddEvent {
  return async (event) => {
    const body = JSON.stringify(event);
    const headers = { 'content-type': 'application/json' };
    const answer = await daywatch.fetch('/api/v1/events', { method: 'POST', headers, body });
    return answer.status === 201;
  };
}

function openGrpc(daywatch: Daywatch): { readonly add: AddEvent; readonly close: () => void } {
  const client = new Client(`127.0.0.1:${daywatch.port}`, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${daywatch.token}`);
  const { parent, name, input, output } = CalendarService.method.createEvent;
  const add: AddEvent = (event) =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        `/${parent.typeName}/${name}`,
        (request: NewEvent) => Buffer.from(toBinary(input, create(input, { event: request }))),
        (bytes) => fromBinary(output, bytes),
        event,
        metadata,
        { deadline: Date.now() + 20_000 },
        (error) => (error ? reject(error) : resolve(true)),
      );
    });
  return { add, close: () => client.close() };
}
