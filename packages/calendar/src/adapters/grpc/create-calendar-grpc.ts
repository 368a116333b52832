import { CalendarService } from '@daywatch/protocol/calendar';
import { Health } from '@daywatch/protocol/health';
import { ServerReflection, ServerReflectionV1Alpha } from '@daywatch/protocol/reflection';
import type { Server, ServerOptions } from '@grpc/grpc-js';
import { createCalendarMethods } from './calendar-methods.ts';
import { createGrpcHealth } from './health.ts';
import { observeCalls } from './observe-calls.ts';
import { DEFAULT_CALL_LIMITS, type CalendarGrpcOptions } from './options.ts';
import { createReflectionHandlers } from './reflection.ts';
import { serveUnary } from './serve-unary.ts';
import { toServerOptions } from './server-options.ts';
import { toServiceDefinition, type Handlers } from './service-definition.ts';

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
  const health = createGrpcHealth([CalendarService.typeName]);
  const services = [CalendarService, Health, ServerReflection, ServerReflectionV1Alpha] as const;
  const reflection = createReflectionHandlers(services);
  return {
    serverOptions: { ...toServerOptions(limits), interceptors: [observeCalls(options)] },
    addTo(server) {
      server.addService(toServiceDefinition(CalendarService), calendarHandlers(options, limits.deadlineMs));
      server.addService(toServiceDefinition(Health), health.handlers);
      server.addService(toServiceDefinition(ServerReflection), reflection);
      server.addService(toServiceDefinition(ServerReflectionV1Alpha), reflection);
    },
    setServing: (isServing) => health.setServing(isServing),
    drain: () => health.close(),
  };
}

function calendarHandlers(options: CalendarGrpcOptions, deadlineMs: number): Handlers {
  const methods = createCalendarMethods(options.context);
  const served = { ...options, deadlineMs };
  const { method } = CalendarService;
  return {
    CreateEvent: serveUnary(method.createEvent, methods.createEvent, served),
    GetEvent: serveUnary(method.getEvent, methods.getEvent, served),
    UpdateEvent: serveUnary(method.updateEvent, methods.updateEvent, served),
    DeleteEvent: serveUnary(method.deleteEvent, methods.deleteEvent, served),
    ListDay: serveUnary(method.listDay, methods.listDay, served),
    ListWeek: serveUnary(method.listWeek, methods.listWeek, served),
    ListMonth: serveUnary(method.listMonth, methods.listMonth, served),
    ListOccurrences: serveUnary(method.listOccurrences, methods.listOccurrences, served),
    QueryFreeBusy: serveUnary(method.queryFreeBusy, methods.queryFreeBusy, served),
    ListCalendars: serveUnary(method.listCalendars, methods.listCalendars, served),
    CreateCalendar: serveUnary(method.createCalendar, methods.createCalendar, served),
    UpdateCalendar: serveUnary(method.updateCalendar, methods.updateCalendar, served),
  };
}
