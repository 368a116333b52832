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
import type { BenchHouse } from './bench-house.ts';

const SERVICE = '/daywatch.calendar.v1.CalendarService';

/** The zone that clients send with a listing: their own. */
export const LIST_ZONE = 'Europe/Berlin';

export type EventFields = {
  readonly title: string;
  readonly start: string;
  readonly duration: string;
  readonly recurrence?: { readonly rrule: string };
};

export function openGrpc({ api }: BenchHouse, count: number): Promise<readonly GrpcConnection[]> {
  return Promise.all(Array.from({ length: count }, () => GrpcConnection.open(api.host, api.port)));
}

export function openHttp({ api }: BenchHouse, count: number): Promise<readonly HttpConnection[]> {
  return Promise.all(Array.from({ length: count }, () => HttpConnection.open(api.host, api.port)));
}

/** Answers the id of the event, or undefined where it was refused. */
export async function createEvent(
  connection: GrpcConnection,
  token: string,
  event: EventFields,
): Promise<string | undefined> {
  const message = toBinary(CreateEventRequestSchema, create(CreateEventRequestSchema, { event }));
  const answer = await connection.call(`${SERVICE}/CreateEvent`, token, message);
  return answer.isOk ? fromBinary(EventSchema, answer.message).id : undefined;
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
