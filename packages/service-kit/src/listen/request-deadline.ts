import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { httpError } from './http-error.ts';
import type { RouteConfig } from './route-config.ts';

const DEADLINE = Symbol('deadline');

interface Deadline {
  controller: AbortController | undefined;
  /** Why it is over, if it is. */
  reason: Error | undefined;
}

type WithDeadline = FastifyRequest & { [DEADLINE]: Deadline | undefined };

/**
 * Ends every request by its deadline, with 504 when nothing was answered by then, and gives handlers
 * `request.signal`, which is aborted then and when the client goes away.
 *
 * Fastify has a signal and a `handlerTimeout` of its own. Both take the end of the request's *body* for the end
 * of the request, so that every POST would be aborted as soon as it is read; this replaces them.
 */
export function limitDuration(app: FastifyInstance, defaultTimeoutMs: number): void {
  app.decorateRequest(DEADLINE, undefined as never);
  app.addHook('onRequest', (request, reply, done) => {
    replaceSignal(request);
    const deadline: Deadline = { controller: undefined, reason: undefined };
    (request as WithDeadline)[DEADLINE] = deadline;
    const timer = startTimer(request, reply, deadline, defaultTimeoutMs);
    reply.raw.once('close', () => {
      clearTimeout(timer);
      if (!reply.raw.writableFinished)
        end(deadline, new DOMException('the client has gone away', 'AbortError'));
    });
    done();
  });
}

function startTimer(
  request: FastifyRequest,
  reply: FastifyReply,
  deadline: Deadline,
  defaultTimeoutMs: number,
): NodeJS.Timeout | undefined {
  const { timeoutMs = defaultTimeoutMs }: RouteConfig = request.routeOptions.config;
  if (timeoutMs === 0) return undefined;
  return setTimeout(() => {
    const error = httpError(
      'deadline_exceeded',
      `the request took longer than the ${timeoutMs} ms that it is allowed`,
    );
    end(deadline, error);
    // An answer that has begun is the handler's to end; it has the signal.
    if (!reply.sent) void reply.send(error);
  }, timeoutMs);
}

function end(deadline: Deadline, reason: Error): void {
  deadline.reason ??= reason;
  deadline.controller?.abort(deadline.reason);
}

/** Once for each class of requests (Fastify has one for each of its contexts). */
function replaceSignal(request: FastifyRequest): void {
  const prototype = Object.getPrototypeOf(request) as object;
  if (Object.hasOwn(prototype, 'signal')) return;
  Object.defineProperty(prototype, 'signal', {
    configurable: true,
    get(this: WithDeadline): AbortSignal {
      return signalOf(this[DEADLINE]);
    },
  });
}

/** Made when somebody asks: many handlers never do. */
function signalOf(deadline: Deadline | undefined): AbortSignal {
  if (!deadline) return AbortSignal.abort(new Error('request.signal was read before the request began'));
  if (!deadline.controller) {
    deadline.controller = new AbortController();
    if (deadline.reason) deadline.controller.abort(deadline.reason);
  }
  return deadline.controller.signal;
}
