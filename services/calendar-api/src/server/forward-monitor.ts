import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { httpError } from '@daywatch/service-kit/listen';
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';

export interface ForwardOptions {
  /** Where restapi answers. */
  readonly url: string;
  /** `requirePrincipal('monitor:read')`: nobody unknown gets that far. */
  readonly authorize: onRequestAsyncHookHandler;
}

/** Exactly these: nothing else of restapi is reached from here. */
const PATHS = [
  '/api/v1/metrics',
  '/api/v1/checks',
  '/api/v1/targets',
  '/api/v1/series',
  '/api/v1/monitor/*',
] as const;

/** What restapi may know of a request. A user id is not among them: it would be believed. */
const PASSED_ON = [
  'accept',
  'authorization',
  'cookie',
  'if-none-match',
  'last-event-id',
  'user-agent',
] as const;

/** What belongs to one connection and not to the answer (RFC 9110 section 7.6.1), and what this server says itself. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'date',
  'x-request-id',
]);

/** restapi says something at least every 15 seconds, also where nothing happens. */
const SILENCE_TIMEOUT_MS = 60_000;

/**
 * Forwards the paths of the monitor to restapi, where that is a process of its own, so that the web page talks to one
 * origin. Answers are passed on as they come; who asks is asked here and there.
 */
export function forwardMonitor(app: FastifyInstance, { url, authorize }: ForwardOptions): void {
  const base = new URL(url);
  for (const path of PATHS) {
    // The deadlines are those of restapi, which knows what is a stream.
    const config = { operation: 'ForwardToMonitor', timeoutMs: 0, isUnlimited: true };
    app.get(path, { config, exposeHeadRoute: false, onRequest: authorize }, async (request, reply) => {
      const answer = await ask(base, request);
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined && !OF_THE_CONNECTION.has(name)) reply.header(name, value);
      }
      return reply.code(answer.statusCode ?? 502).send(answer);
    });
  }
}

function ask(base: URL, request: FastifyRequest): Promise<IncomingMessage> {
  const { protocol, hostname, port, pathname } = base;
  const options: RequestOptions = {
    protocol,
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    method: 'GET',
    path: pathname.replace(/\/$/, '') + request.url,
    headers: headersOf(request),
    timeout: SILENCE_TIMEOUT_MS,
    signal: request.signal,
  };
  return new Promise((resolve, reject) => {
    const outgoing = (protocol === 'https:' ? requestHttps : requestHttp)(options, resolve);
    outgoing.on('timeout', () => outgoing.destroy(new Error('nothing came for a while')));
    outgoing.on('error', (cause) =>
      reject(
        request.signal.aborted
          ? (request.signal.reason as Error)
          : httpError('unavailable', 'the monitor does not answer; try again soon', {
              cause,
              headers: { 'retry-after': '1' },
            }),
      ),
    );
    outgoing.end();
  });
}

function headersOf({ headers, id, principal }: FastifyRequest): Record<string, string> {
  const passed: Record<string, string> = { 'x-request-id': id };
  for (const name of PASSED_ON) {
    const value = headers[name];
    if (typeof value === 'string') passed[name] = value;
  }
  // Who came through a gateway has nothing else to show; this process has believed the gateway.
  if (principal?.credential.kind === 'trusted-header') passed['x-user-id'] = principal.userId;
  return passed;
}
