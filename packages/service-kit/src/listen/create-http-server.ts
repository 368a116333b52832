import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../log/index.ts';
import type { RequestMetrics } from '../metrics/index.ts';
import { createAllowedMethods } from './allowed-methods.ts';
import { createHostCheck } from './check-host.ts';
import { answerClientError } from './client-error.ts';
import { HttpError, httpError, toErrorBody } from './http-error.ts';
import type { Limiter } from './limiter.ts';
import { limitRequests } from './limit-requests.ts';
import { observeRequests } from './observe-requests.ts';
import { limitDuration } from './request-deadline.ts';
import { chooseRequestId } from './request-id.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { toHttpError } from './to-http-error.ts';
import type { MapError } from './to-http-error.ts';

export interface HttpServerOptions {
  readonly log: Log;
  readonly metrics: RequestMetrics;
  /** Shared with the other protocols of the process. */
  readonly limiter: Limiter;
  /** Names for the Host header besides loopback ones. */
  readonly allowedHosts: readonly string[];
  readonly maxBodyBytes: number;
  /** From the first byte of a request to its answer, waiting included. */
  readonly requestTimeoutMs: number;
  /** How domain errors are answered. */
  readonly mapError?: MapError;
  /** For HTML; by default everything from this origin alone. */
  readonly contentSecurityPolicy?: string;
}

const HEADERS_TIMEOUT_MS = 10_000;
const BODY_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 60_000;
/** A client that takes nothing of its answer for so long is cut off. A stream sends something more often. */
const SILENCE_TIMEOUT_MS = 120_000;

/**
 * A Fastify instance with what every API shares: one shape of errors, Host check, request ids, access lines,
 * metrics, limits and deadlines, security headers. It does not listen: `await app.ready()`, then give
 * `app.server` to `listenOnePort`. `request.signal` is aborted at the deadline and when the client goes away.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { log, mapError = () => undefined } = options;
  const sendError = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const answer = toHttpError(error, mapError);
    if (answer.status >= 500 && !isAbandoned(error, reply)) logFailure(log, answer, request);
    void reply.code(answer.status).headers(answer.headers).send(toErrorBody(answer));
  };
  const app = fastify({
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: 16_384,
      // Answered by the Host check instead, in the shape of every error.
      requireHostHeader: false,
    },
    requestTimeout: BODY_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: SILENCE_TIMEOUT_MS,
    bodyLimit: options.maxBodyBytes,
    // What arrives while the listener drains is still answered; it says `connection: close` by itself.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1024 },
    genReqId: (request) => chooseRequestId(request.headers['x-request-id']),
    clientErrorHandler: answerClientError,
    frameworkErrors: sendError,
  });
  limitDuration(app, options.requestTimeoutMs);
  observeRequests(app, log, options.metrics);
  addSecurityHeaders(app, options.contentSecurityPolicy);
  refuseExpectations(app);
  checkRequests(app, options.allowedHosts);
  readJson(app);
  limitRequests(app, options.limiter);
  app.setErrorHandler(sendError);
  answerUnknownRoutes(app);
  return app;
}

/** The handler was told to stop since the client had gone away: nothing broke, and nobody hears the answer. */
function isAbandoned(error: unknown, reply: FastifyReply): boolean {
  return error instanceof Error && error.name === 'AbortError' && reply.raw.destroyed;
}

function logFailure(log: Log, answer: HttpError, request: FastifyRequest): void {
  const fields = { err: answer.cause ?? answer, request_id: request.id, method: request.method };
  // That something is away for a while is told once by whoever watches it, not by every request.
  if (answer.code === 'internal') log.logger.error(fields, 'a request failed');
  else log.logger.debug(fields, `a request was answered with ${answer.code}`);
}

function checkRequests(app: FastifyInstance, allowedHosts: readonly string[]): void {
  const isAllowed = createHostCheck(allowedHosts);
  app.addHook('onRequest', (request, _, done) => {
    const { headers } = request.raw;
    const host = readHost(request.raw);
    if (host instanceof HttpError) return done(host);
    if (!isAllowed(host)) {
      return done(
        httpError(
          'forbidden',
          `host: '${host.slice(0, 100)}' is not a name of this server; allowed are loopback names and addresses, and what http.allowed_hosts lists`,
        ),
      );
    }
    // A request without a body may say any type, and none is read.
    if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) {
      delete headers['content-type'];
    }
    return done();
  });
}

/** The one Host header, or what a request target in absolute form has in its place (RFC 9112 section 3.2). */
function readHost({ rawHeaders, url = '' }: IncomingMessage): string | HttpError {
  let host: string | undefined;
  let count = 0;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.length !== 4 || rawHeaders[i]?.toLowerCase() !== 'host') continue;
    host = rawHeaders[i + 1];
    count++;
  }
  if (host === undefined) {
    return httpError(
      'invalid_request',
      'host: the header is missing; allowed is the name that this server is reached by',
    );
  }
  if (count > 1)
    return httpError('invalid_request', `host: the header is given ${count} times; allowed is once`);
  return url.startsWith('/') ? host : (/^https?:\/\/([^/?#]*)/i.exec(url)?.[1] ?? host);
}

/** Node's own answer to an unknown expectation has no body. */
function refuseExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', ({ headers }: IncomingMessage, answer: ServerResponse) => {
    const shown = (headers.expect ?? '').slice(0, 60);
    const message = `expect: '${shown}' is not met here; allowed is 100-continue`;
    const body = JSON.stringify(toErrorBody(new HttpError(417, 'invalid_request', message)));
    const type = 'application/json; charset=utf-8';
    const length = Buffer.byteLength(body);
    answer.writeHead(417, { 'content-type': type, 'content-length': length, connection: 'close' }).end(body);
  });
}

/** JSON, also as a merge patch. Broken UTF-8 is refused; the framework would put replacement characters. */
function readJson(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (!isUtf8(body)) return done(httpError('invalid_request', 'the body is not valid UTF-8'));
      return parseJson(request, body.toString('utf8'), (error, value) => {
        if (error)
          done(httpError('invalid_request', `the body is not valid JSON: ${error.message.slice(0, 200)}`));
        else done(null, value);
      });
    },
  );
}

function answerUnknownRoutes(app: FastifyInstance): void {
  const allowed = createAllowedMethods();
  app.addHook('onRoute', ({ url, method }) => allowed.add(url, [method].flat()));
  app.setNotFoundHandler((request) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = allowed.find(path);
    if (methods.length === 0) {
      throw httpError('not_found', `there is nothing at '${path.slice(0, 200)}'`);
    }
    throw httpError(
      'method_not_allowed',
      `${request.method} is not allowed at '${path.slice(0, 200)}'; allowed are ${methods.join(', ')}`,
      {
        headers: { allow: methods.join(', ') },
      },
    );
  });
}
