import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { request as openRequest } from 'node:http';
import { putBrokenText } from './broken-text.ts';
import type { Operation } from './operations.ts';
import type { Refusal } from './refusal.ts';

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array | undefined;
}

export type HttpAnswer = (Refusal | { readonly status: number }) & {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
};

/** Sends a request as it is; fetch would mend some of what is wrong with it. */
export function callHttp(port: number, { method, path, headers, body }: HttpRequest): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const request = openRequest(
    { host: '127.0.0.1', port, method, path, headers: { ...headers }, agent: false },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const status = response.statusCode ?? 0;
        resolve({ ...readAnswer(status, text), headers: response.headers, body: text });
      });
    },
  );
  request.on('error', reject);
  request.end(body);
  return promise;
}

/** The request that an input means: in the path, the query, headers or the body, as the operation has it. */
export function toHttpRequest(operation: Operation, input: JsonObject, token: string): HttpRequest {
  const headers = { authorization: `Bearer ${token}` };
  const { id, date, etag, ...rest } = input;
  const at = (path: string, name: JsonValue | undefined) => `${path}/${encodeURIComponent(textOf(name))}`;
  const query = () => {
    const parameters = Object.entries(rest).map(([key, value]) => [key, textOf(value)] as const);
    return `?${new URLSearchParams(Object.fromEntries(parameters)).toString()}`;
  };
  const period = (path: string) => ({
    method: 'GET',
    path: `${at(path, date)}/occurrences${query()}`,
    headers,
  });
  const withBody = (method: string, path: string, content: JsonObject) => ({
    method,
    path,
    headers: { ...headers, 'content-type': 'application/json' },
    body: putBrokenText(Buffer.from(JSON.stringify(content))),
  });
  switch (operation) {
    case 'CreateEvent':
      return withBody('POST', '/api/v1/events', input);
    case 'GetEvent':
      return { method: 'GET', path: at('/api/v1/events', id), headers };
    case 'UpdateEvent':
      return withBody('PATCH', at('/api/v1/events', id), etag === undefined ? rest : { ...rest, etag });
    case 'DeleteEvent':
      return {
        method: 'DELETE',
        path: at('/api/v1/events', id),
        headers: etag === undefined ? headers : { ...headers, 'if-match': `"${textOf(etag)}"` },
      };
    case 'GetOccurrence':
    case 'UpdateOccurrence':
    case 'DeleteOccurrence':
      return occurrenceRequest(operation, input, headers);
    case 'ListDay':
      return period('/api/v1/days');
    case 'ListWeek':
      return period('/api/v1/weeks');
    case 'ListMonth':
      return period('/api/v1/months');
    case 'ListOccurrences':
      return { method: 'GET', path: `/api/v1/occurrences${query()}`, headers };
    case 'SearchEvents':
      return { method: 'GET', path: `/api/v1/search${query()}`, headers };
    case 'QueryFreeBusy':
      return { method: 'GET', path: `/api/v1/freebusy${query()}`, headers };
    case 'ListCalendars':
      return { method: 'GET', path: '/api/v1/calendars', headers };
    case 'CreateCalendar':
      return withBody('POST', '/api/v1/calendars', input);
    case 'UpdateCalendar':
      return withBody('PATCH', at('/api/v1/calendars', id), rest);
    case 'ListNotifications':
      return { method: 'GET', path: `/api/v1/notifications${query()}`, headers };
    case 'GetSettings':
      return { method: 'GET', path: '/api/v1/settings', headers };
    case 'UpdateSettings':
      return withBody('PATCH', '/api/v1/settings', input);
    default:
      return operation satisfies never;
  }
}

/** As toHttpRequest, for one occurrence: both names are in the path, and the scope is in the query. */
function occurrenceRequest(
  operation: 'GetOccurrence' | 'UpdateOccurrence' | 'DeleteOccurrence',
  { event_id, recurrence_id, scope, etag, ...patch }: JsonObject,
  headers: Readonly<Record<string, string>>,
): HttpRequest {
  const [event, occurrence] = [event_id, recurrence_id].map((name) => encodeURIComponent(textOf(name)));
  const place = `/api/v1/events/${event}/occurrences/${occurrence}`;
  const path =
    scope === undefined ? place : `${place}?${new URLSearchParams({ scope: textOf(scope) }).toString()}`;
  if (operation === 'GetOccurrence') return { method: 'GET', path, headers };
  const condition = etag === undefined ? {} : { 'if-match': `"${textOf(etag)}"` };
  if (operation === 'DeleteOccurrence')
    return { method: 'DELETE', path, headers: { ...headers, ...condition } };
  return {
    method: 'PATCH',
    path,
    headers: { ...headers, 'content-type': 'application/json' },
    body: putBrokenText(Buffer.from(JSON.stringify(etag === undefined ? patch : { ...patch, etag }))),
  };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** Reads the body of an error; a success has none of its fields. */
export function readAnswer(status: number, text: string): Refusal | { readonly status: number } {
  if (status < 400) return { status };
  const body = parse(text);
  const { code, error, message, details, ...others } = body;
  const list = Array.isArray(details) ? (details as readonly Record<string, unknown>[]) : undefined;
  return {
    status,
    reason: String(error),
    message: String(message),
    fields: list?.map(({ field }) => String(field)) ?? [],
    text,
    isWellFormed:
      code === status &&
      typeof error === 'string' &&
      typeof message === 'string' &&
      list !== undefined &&
      list.every((detail) => isDetail(detail)) &&
      Object.keys(others).length === 0,
  };
}

/** What is wrong with a field, or what is in the way of a time. */
function isDetail(detail: Record<string, unknown>): boolean {
  const keys = Object.keys(detail).sort().join();
  return (
    (keys === 'description,field' || keys === 'end,event_id,recurrence_id,start') &&
    Object.values(detail).every((value) => typeof value === 'string')
  );
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { message: text };
  }
}
