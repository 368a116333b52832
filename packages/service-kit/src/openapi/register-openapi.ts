import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { VERSION } from '../version.ts';
import { pruneComponents } from './prune-components.ts';
import { SYSTEM_PATHS } from './system-paths.ts';

type Transform = typeof jsonSchemaTransform;

const DESCRIPTION = `Events that never overlap by accident. The same methods are served over gRPC, which
\`daywatch.calendar.v1.CalendarService\` describes (server reflection is on).

Errors have one shape: \`{"code":409,"error":"date_busy","message":"…","details":[…]}\`. \`error\` is stable and for
programs, \`message\` is for people. Request bodies are JSON in UTF-8; unknown fields, unknown or repeated
parameters, and keys that stand twice in one object are refused.`;

/**
 * Collects the documentation of every route that is registered afterwards, and serves it as OpenAPI 3.1 at
 * `/openapi.json`. Routes are documented by their schema; those without tags stay out.
 */
export function registerOpenApi(app: FastifyInstance): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Daywatch', version: VERSION, description: DESCRIPTION },
      servers: [{ url: '/', description: 'This server.' }],
      security: [{ token: [] }, { session: [] }],
      tags: [
        { name: 'events', description: 'Create, read, change and delete events.' },
        { name: 'listings', description: 'What happens in a day, a week, a month, or any period.' },
        {
          name: 'calendars',
          description: 'Calendars of the user. Events of different calendars may overlap.',
        },
        { name: 'reminders', description: 'What became of reminders, and where they go.' },
        { name: 'system', description: 'Health, metrics and this documentation. Open without credentials.' },
      ],
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'A token with the scope `calendar`, made with `daywatch token create`.',
          },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'daywatch_session',
            description: 'The session of a browser that was signed in by a link.',
          },
        },
      },
    },
    hideUntagged: true,
    transform,
    transformObject: (document) => {
      const complete = jsonSchemaTransformObject(document);
      return pruneComponents(Object.assign(complete, { paths: { ...complete.paths, ...SYSTEM_PATHS } }));
    },
  });
  let text: string | undefined;
  app.get('/openapi.json', { config: { operation: 'OpenApi' } }, async (_, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text);
  });
}

/** The schemas' own transformation drops the headers of answers; they are put back. */
const transform: Transform = (route) => {
  const transformed = jsonSchemaTransform(route);
  const answers = route.schema?.response as Readonly<Record<string, { headers?: object }>> | undefined;
  const schema = transformed.schema as { response?: Record<string, { headers?: object }> } | undefined;
  for (const [status, answer] of Object.entries(schema?.response ?? {})) {
    const headers = answers?.[status]?.headers;
    if (headers) answer.headers = headers;
  }
  return transformed;
};
