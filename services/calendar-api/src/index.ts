export { createCalendarApi, type CalendarApi, type CalendarApiParts } from './app.ts';
export { calendarApiSchema, storageTypeOf, type CalendarApiConfig } from './config.ts';
export type { AddRoutes, RouteTools } from './server/http-app.ts';
export { findShare, type Share } from './share.ts';
export { openStorage, type Storage, type StorageOptions } from './storage.ts';
export { buildTokenCommand, type TokenCommandDependencies } from './token/token-command.ts';
