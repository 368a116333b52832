import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { RouteConfig } from '../listen/route-config.ts';
import { pruneComponents } from './prune-components.ts';

type Transform = typeof jsonSchemaTransform;

export interface OpenApiOptions {
  readonly version: string;
  /** Markdown, before the operations. */
  readonly description: string;
  /** In the order in which they are shown. */
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  /** The scope that a token needs, for the description of credentials. */
  readonly tokenDescription: string;
  /** Paths that are no routes with a schema: health, metrics, pages. */
  readonly paths: Readonly<Record<string, object>>;
  /** Whether HEAD is answered beside GET; by default it is. */
  readonly hasHead?: boolean;
}

/**
 * Collects the documentation of every route that is registered afterwards, and serves it as OpenAPI 3.1 at
 * `/openapi.json`. Routes are documented by their schema; those without tags stay out.
 */
export function registerOpenApi(app: FastifyInstance, options: OpenApiOptions): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Daywatch', version: options.version, description: options.description },
      servers: [{ url: '/', description: 'This server.' }],
      security: [{ token: [] }, { session: [] }],
      tags: [...options.tags],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: options.tokenDescription },
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
      return pruneComponents(Object.assign(complete, { paths: { ...complete.paths, ...options.paths } }));
    },
  });
  const config: RouteConfig = { operation: 'OpenApi' };
  let text: string | undefined;
  app.get('/openapi.json', { config, exposeHeadRoute: options.hasHead ?? true }, async (_, reply) => {
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
