import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseCoding } from './choose-coding.ts';
import { readPageFiles, type PageFile } from './page-files.ts';

/** The page's own addresses: it draws all of them itself. */
const PAGE_PATHS = [
  '/',
  '/month/:date',
  '/week/:date',
  '/day/:date',
  '/agenda/:date',
  '/search',
  '/monitor',
  '/monitor/targets',
  '/monitor/explorer',
] as const;

/** Files that the page has beside its hashed assets. */
const LOOSE_FILES = ['/favicon.svg', '/theme.js'] as const;

/**
 * Scripts, styles and data from this origin alone, nothing inline. Trusted Types are required and no policy may
 * be made: not even our own scripts can turn text into HTML.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

const NOT_BUILT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Daywatch</title></head>
<body><main><h1>The page has not been built</h1><p>Run <code>make build</code>, then start Daywatch again.
The API is there: <a href="/docs">/docs</a>.</p></main></body>
</html>
`;

/** Serves the web page from a folder that `web/build.ts` has filled. It is open to all: it holds no data. */
export function registerPage(app: FastifyInstance, folder: string): void {
  const files = readPageFiles(folder);
  const config = { operation: 'Page', isUnlimited: true };
  app.register((scope, _, done) => {
    scope.addHook('onSend', (_request, reply, payload, next) => {
      // The application's own hook came first, with a policy that fits most pages.
      if (reply.hasHeader('content-security-policy')) reply.header('content-security-policy', POLICY);
      next(null, payload);
    });
    for (const path of PAGE_PATHS) {
      scope.get(path, { config }, (request, reply) => {
        const page = files.get('/index.html');
        if (page) sendFile(request, reply, page);
        else reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
      });
    }
    for (const path of [...LOOSE_FILES, '/assets/*']) {
      scope.get(path, { config }, (request, reply) => {
        const file = files.get(request.url.split('?', 1)[0] ?? '');
        if (file) sendFile(request, reply, file);
        else reply.callNotFound();
      });
    }
    done();
  });
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile): void {
  reply
    .header('cache-control', file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', file.etag)
    .header('vary', 'accept-encoding');
  const known = request.headers['if-none-match'] ?? '';
  if (known.split(',').some((etag) => etag.trim().replace(/^W\//, '') === file.etag)) {
    reply.code(304).send();
    return;
  }
  const coding = chooseCoding(request.headers['accept-encoding'], file);
  if (coding !== 'identity') reply.header('content-encoding', coding);
  reply.type(file.type).send(file.bodies[coding] ?? file.bodies.identity);
}
