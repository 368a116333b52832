import { reportAway, reportThere } from './availability.ts';
import { ApiError, AwayError } from './api-error.ts';
import { OPERATIONS, type Error as ErrorBody, type Operations } from './generated.ts';

export type OperationName = keyof Operations;

interface Input<N extends OperationName> {
  readonly path?: Operations[N]['path'];
  readonly query?: Operations[N]['query'];
  readonly body?: Operations[N]['body'];
  /** The version that the caller knows; the server refuses to change another. */
  readonly etag?: string | undefined;
  readonly signal?: AbortSignal;
  /** Let it reach the server also when the page is left meanwhile. */
  readonly keepalive?: boolean;
}

const TIMEOUT_MS = 15_000;

/**
 * Asks the public API, as every other client does.
 * @throws ApiError for an answer that is an error, AwayError where there is no answer.
 */
export async function callApi<N extends OperationName>(
  name: N,
  input: Input<N> = {},
): Promise<Operations[N]['answer']> {
  const [method, template] = OPERATIONS[name];
  const { body, etag, signal, keepalive = false } = input;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const answer = await send(fillPath(template, input.path ?? {}) + writeQuery(input.query ?? {}), {
    method,
    keepalive,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(etag === undefined ? {} : { 'if-match': `"${etag}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  return (answer.status === 204 ? null : await answer.json()) as Operations[N]['answer'];
}

/** Sends a request to the server of the page, and turns what goes wrong into one of our errors. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted === true && init.signal.reason?.name === 'AbortError') throw cause;
    throw reportAway(new AwayError({ cause }));
  }
  if (answer.ok) {
    reportThere();
    return answer;
  }
  const error = await readError(answer);
  throw error instanceof AwayError ? reportAway(error) : error;
}

async function readError(answer: Response): Promise<ApiError | AwayError> {
  const body = (await answer.json().catch(() => undefined)) as ErrorBody | undefined;
  // A proxy answers for a server that is away, and a server that starts or stops says so.
  if (answer.status >= 502 || body === undefined) return new AwayError({ cause: body?.message });
  return new ApiError(body);
}

function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function writeQuery(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
