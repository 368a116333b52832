import type { FastifyInstance } from 'fastify';

/** A page may use what this origin serves and nothing else, and nobody may frame it. */
const STRICT_POLICY =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/** The request id and the headers that keep browsers from guessing, telling and mixing. */
export function addSecurityHeaders(app: FastifyInstance, policy: string = STRICT_POLICY): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id);
    reply.raw.setHeader('x-content-type-options', 'nosniff');
    reply.raw.setHeader('referrer-policy', 'no-referrer');
    done();
  });
  app.addHook('onSend', (_, reply, payload, done) => {
    const type = reply.getHeader('content-type');
    if (typeof type === 'string' && type.startsWith('text/html')) {
      reply.header('content-security-policy', policy);
    }
    done(null, payload);
  });
}
