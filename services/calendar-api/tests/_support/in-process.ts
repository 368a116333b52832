import { createToken } from '@daywatch/access';
import { silentLog } from '@daywatch/service-kit/log';
import type { FastifyInstance } from 'fastify';
import { join } from 'node:path';
import { calendarApiSchema, createCalendarApi, findShare } from '../../src/index.ts';

export interface InProcessApi extends AsyncDisposable {
  readonly origin: string;
  /** Knows every route of the application. */
  readonly app: FastifyInstance;
  readonly call: (method: string, path: string, body?: unknown) => Promise<CalledAnswer>;
}

export interface CalledAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The API on the memory store, in the process of the test. */
export async function startInProcess(): Promise<InProcessApi> {
  const config = calendarApiSchema.parse({ http: { port: 0 } });
  let app: FastifyInstance | undefined;
  const api = createCalendarApi(config, {
    log: silentLog(),
    share: findShare(join(import.meta.dirname, '../../src')),
    signal: new AbortController().signal,
    addRoutes: (scope) => {
      app = scope;
    },
  });
  const { port } = await api.start();
  await api.ready;
  const { secret } = await createToken(api.access, { name: 'test', userId: 'alice', scopes: ['calendar'] });
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    app: app as FastifyInstance,
    async call(method, path, body) {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${secret.reveal()}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  };
}
