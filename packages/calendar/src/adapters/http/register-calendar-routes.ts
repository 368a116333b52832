import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { CalendarContext } from '../../context.ts';
import { registerBodyParsers } from './body/register-body-parsers.ts';
import { addCalendarRoutes } from './routes/calendar-routes.ts';
import { addChangeRoutes, type ChangeRouteOptions } from './routes/change-routes.ts';
import { addEventRoutes } from './routes/event-routes.ts';
import { addListingRoutes } from './routes/listing-routes.ts';
import { addOccurrenceRoutes } from './routes/occurrence-routes.ts';
import { addReminderRoutes } from './routes/reminder-routes.ts';
import { validatorCompiler } from './validate.ts';

export interface CalendarHttpOptions extends ChangeRouteOptions {
  readonly context: CalendarContext;
  /** `requirePrincipal('calendar')`: sets `request.principal`, or answers the error, before a body is read. */
  readonly authorize: onRequestAsyncHookHandler;
}

/**
 * Adds the calendar's part of the HTTP API, `/api/v1/events` and its siblings, in a scope of its own. What it
 * throws, the application answers: `createHttpServer({mapError: mapCalendarError})`.
 */
export function registerCalendarRoutes(
  app: FastifyInstance,
  { context, authorize, ...changes }: CalendarHttpOptions,
): void {
  app.register((instance, _, done) => {
    const scope = instance.withTypeProvider<ZodTypeProvider>();
    scope.addHook('onRequest', authorize);
    registerBodyParsers(instance);
    scope.setValidatorCompiler(validatorCompiler);
    // JSON.stringify is as fast as code that is generated from the schemas (13 µs for ten occurrences), and
    // leaves nothing out. The schemas of the answers are documentation, which tests hold the answers to.
    scope.setSerializerCompiler(() => JSON.stringify);
    addEventRoutes(scope, context);
    addOccurrenceRoutes(scope, context);
    addListingRoutes(scope, context);
    addCalendarRoutes(scope, context);
    addReminderRoutes(scope, context);
    addChangeRoutes(scope, changes);
    done();
  });
}
