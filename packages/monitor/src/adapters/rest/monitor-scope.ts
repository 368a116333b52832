import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The scope of the monitor's routes: a Fastify instance that knows the types which the schemas give. */
export type MonitorScope = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The options of a route that is one method of the API: its name stands in the documentation and in the metrics. */
export function operation<S extends object>(name: string, schema: S, config: object = {}) {
  return {
    exposeHeadRoute: false,
    config: { operation: name, ...config },
    schema: { operationId: name, ...schema },
  };
}
