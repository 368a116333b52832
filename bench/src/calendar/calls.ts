import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  CreateEventRequestSchema,
  EventSchema,
  GetEventRequestSchema,
  ListOccurrencesResponseSchema,
  ListWeekRequestSchema,
} from '@daywatch/protocol/calendar';
import { GrpcConnection } from '../load/grpc-connection.ts';
import { HttpConnection } from '../load/http-connection.ts';
import type { BenchDatabase } from './bench-house.ts';

const SERVICE = '/daywatch.calendar.v1.CalendarService';

/** The zone that clients send with a listing: their own. */
export const LIST_ZONE = 'Europe/Berlin';

export type EventFields = {
  readonly title: string;
  readonly start: string;
  readonly duration: string;
  readonly recurrence?: { readonly rrule: string };
};

export function openGrpc({ api }: BenchDatabase, count: number): Promise<readonly GrpcConnection[]> {
  return Promise.all(Array.from({ length: count }, () => GrpcConnection.open(api.host, api.port)));
}

export function openHttp({ api }: BenchDatabase, count: number): Promise<readonly HttpConnection[]> {
  return Promise.all(Array.from({ length: count }, () => HttpConnection.open(api.host, api.port)));
}

/** Answers the id of the event, or undefined where it was refused. */
export async function createEvent(
  connection: GrpcConnection,
  token: string,
  event: EventFields,
): Promise<string | undefined> {
  const answer = await addEvent(connection, token, eventRequest(event));
  return answer.isOk ? fromBinary(EventSchema, answer.message).id : undefined;
}

/** The same without reading the answer, for a load. */
export function addEvent(connection: GrpcConnection, token: string, request: Uint8Array) {
  return connection.call(`${SERVICE}/CreateEvent`, token, request);
}

/**
 * Makes requests that differ by their start alone. Serialized once, since the load generator shares the cores
 * with what it measures: the start has the same length in all of them.
 */
export function eventRequestsAt(event: Omit<EventFields, 'start'>): (startMs: number) => Uint8Array {
  const first = new Date(0).toISOString();
  const template = Buffer.from(eventRequest({ ...event, start: first }));
  const at = template.indexOf(first);
  return (startMs) => {
    const request = Buffer.from(template);
    request.write(new Date(startMs).toISOString(), at, 'latin1');
    return request;
  };
}

function eventRequest(event: EventFields): Uint8Array {
  return toBinary(CreateEventRequestSchema, create(CreateEventRequestSchema, { event }));
}

export async function getEvent(connection: GrpcConnection, token: string, id: string): Promise<boolean> {
  const message = toBinary(GetEventRequestSchema, create(GetEventRequestSchema, { id }));
  return (await connection.call(`${SERVICE}/GetEvent`, token, message)).isOk;
}

/** The request of a week, serialized once: the load generator repeats it. */
export function listWeekRequest(date: string, calendarId = ''): Uint8Array {
  const request = create(ListWeekRequestSchema, { date, timeZone: LIST_ZONE, calendarId });
  return toBinary(ListWeekRequestSchema, request);
}

export async function listWeek(connection: GrpcConnection, token: string, request: Uint8Array) {
  return connection.call(`${SERVICE}/ListWeek`, token, request);
}

export function countOccurrences(message: Uint8Array): number {
  return fromBinary(ListOccurrencesResponseSchema, message).occurrences.length;
}

export function weekPath(date: string): string {
  return `/api/v1/weeks/${date}/occurrences?time_zone=${encodeURIComponent(LIST_ZONE)}`;
}
