import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** No inline scripts; what swagger-ui's style sheet draws as pictures are data: addresses. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Daywatch: the API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/** A token that is pasted stays in the memory of the page; a signed-in browser needs none. */
const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  persistAuthorization: false,
  validatorUrl: null,
});
`;

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

/**
 * Serves the documentation at `/docs`, to browse and to try, from files of this server alone.
 * @param folder the files of swagger-ui-dist.
 */
export function registerDocs(app: FastifyInstance, folder: string): void {
  const config = { operation: 'Docs' };
  app.register((scope, _, done) => {
    scope.register(staticFiles, { root: folder, serve: false, maxAge: '1h' });
    scope.addHook('onSend', (_request, reply, payload, next) => {
      // The application's own hook came first, with a policy that fits most pages.
      if (reply.hasHeader('content-security-policy')) reply.header('content-security-policy', POLICY);
      next(null, payload);
    });
    scope.get('/docs', { config }, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(PAGE),
    );
    scope.get('/docs/', { config }, async (_request, reply) => reply.redirect('/docs', 308));
    scope.get('/docs/start.js', { config }, async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send(START),
    );
    for (const file of FILES) {
      // Not async: waiting for the reply would add listeners to it, beyond what Node takes for a leak.
      scope.get(`/docs/${file}`, { config }, (_request, reply) => {
        reply.sendFile(file);
      });
    }
    done();
  });
}
