export { createLimiter, OverloadedError } from './limiter.ts';
export type { Limiter, LimiterOptions } from './limiter.ts';
export { HTTP_STATUS_OF, HttpError, httpError, toErrorBody } from './http-error.ts';
export type { ErrorBody, HttpErrorName, HttpErrorOptions } from './http-error.ts';
export type { RouteConfig } from './route-config.ts';
