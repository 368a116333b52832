import { callbackify } from 'node:util';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Limiter } from './limiter.ts';
import type { RouteConfig } from './route-config.ts';

/**
 * Lets a request in when its body has arrived, so that slow senders hold no place; from then on until its
 * answer has ended it has one. Health and metrics need none.
 */
export function limitRequests(app: FastifyInstance, limiter: Limiter): void {
  const holdUntilAnswered = (reply: FastifyReply): void => {
    if (reply.raw.closed) limiter.release();
    else reply.raw.once('close', limiter.release);
  };
  app.addHook('preValidation', (request, reply, done) => {
    const config: RouteConfig = request.routeOptions.config;
    if (request.is404 || config.isUnlimited === true) return done();
    if (limiter.tryAcquire()) {
      holdUntilAnswered(reply);
      return done();
    }
    const waitInLine = callbackify(async () => {
      await limiter.acquire(request.signal);
      holdUntilAnswered(reply);
    });
    waitInLine((error) => done(error ?? undefined));
    return undefined;
  });
}
