import { CalendarService } from '@daywatch/protocol/calendar';
import { Health } from '@daywatch/protocol/health';
import { ServerReflection, ServerReflectionV1Alpha } from '@daywatch/protocol/reflection';
import type { Server, ServerOptions } from '@grpc/grpc-js';
import { grpcServerOptions } from '@daywatch/service-kit/listen';
import { admitCalls } from './admit-calls.ts';
import { createCalendarMethods } from './calendar-methods.ts';
import { createGrpcHealth } from './health.ts';
import { observeCalls } from './observe-calls.ts';
import { DEFAULT_CALL_LIMITS, type CalendarGrpcOptions } from './options.ts';
import { createReflectionHandlers } from './reflection.ts';
import { serveUnary } from './serve-unary.ts';
import { pathOf, toServiceDefinition, type Handlers } from './service-definition.ts';

/** The calendar over gRPC: what a grpc-js server is made with, and what is added to it. */
export interface CalendarGrpc {
  /** Limits and the observer of calls: `new Server(serverOptions)`. */
  readonly serverOptions: ServerOptions;
  /** Adds the calendar, gRPC health and reflection; the latter two are open without credentials. */
  addTo(server: Server): void;
  /** What gRPC health says; not serving at first. */
  setServing(isServing: boolean): void;
  /** Health says that nothing serves, and its watches end. Call it before the server's tryShutdown. */
  drain(): void;
}

export function createCalendarGrpc(options: CalendarGrpcOptions): CalendarGrpc {
  const limits = { ...DEFAULT_CALL_LIMITS, ...options.limits };
  const health = createGrpcHealth([CalendarService.typeName], options.log);
  const services = [CalendarService, Health, ServerReflection, ServerReflectionV1Alpha] as const;
  const paths = new Set(CalendarService.methods.map(pathOf));
  const reflection = createReflectionHandlers(services, options.log);
  return {
    serverOptions: {
      ...grpcServerOptions({ maxMessageBytes: limits.maxMessageBytes }),
      'grpc.max_concurrent_streams': limits.maxConcurrentStreams,
      // In this order: the observer gives a call its id and sees the status that admission sends.
      interceptors: [observeCalls(options), admitCalls(paths, { ...options, ...limits, scope: 'calendar' })],
    },
    addTo(server) {
      server.addService(toServiceDefinition(CalendarService), calendarHandlers(options));
      server.addService(toServiceDefinition(Health), health.handlers);
      server.addService(toServiceDefinition(ServerReflection), reflection);
      server.addService(toServiceDefinition(ServerReflectionV1Alpha), reflection);
    },
    setServing: (isServing) => health.setServing(isServing),
    drain: () => health.close(),
  };
}

/** One for each method: the compiler minds that none is missing. */
type CalendarHandlers = {
  readonly [Name in keyof typeof CalendarService.method as Capitalize<Name>]: Handlers[string];
};

function calendarHandlers(options: CalendarGrpcOptions): CalendarHandlers {
  const methods = createCalendarMethods(options.context);
  const { method } = CalendarService;
  return {
    CreateEvent: serveUnary(method.createEvent, methods.createEvent, options),
    GetEvent: serveUnary(method.getEvent, methods.getEvent, options),
    UpdateEvent: serveUnary(method.updateEvent, methods.updateEvent, options),
    DeleteEvent: serveUnary(method.deleteEvent, methods.deleteEvent, options),
    GetOccurrence: serveUnary(method.getOccurrence, methods.getOccurrence, options),
    UpdateOccurrence: serveUnary(method.updateOccurrence, methods.updateOccurrence, options),
    DeleteOccurrence: serveUnary(method.deleteOccurrence, methods.deleteOccurrence, options),
    ListDay: serveUnary(method.listDay, methods.listDay, options),
    ListWeek: serveUnary(method.listWeek, methods.listWeek, options),
    ListMonth: serveUnary(method.listMonth, methods.listMonth, options),
    ListOccurrences: serveUnary(method.listOccurrences, methods.listOccurrences, options),
    SearchEvents: serveUnary(method.searchEvents, methods.searchEvents, options),
    QueryFreeBusy: serveUnary(method.queryFreeBusy, methods.queryFreeBusy, options),
    ListCalendars: serveUnary(method.listCalendars, methods.listCalendars, options),
    CreateCalendar: serveUnary(method.createCalendar, methods.createCalendar, options),
    UpdateCalendar: serveUnary(method.updateCalendar, methods.updateCalendar, options),
    ListNotifications: serveUnary(method.listNotifications, methods.listNotifications, options),
    GetSettings: serveUnary(method.getSettings, methods.getSettings, options),
    UpdateSettings: serveUnary(method.updateSettings, methods.updateSettings, options),
  };
}
