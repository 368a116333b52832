export { EXIT_CODES, runService } from './run-service.ts';
export { createService, StopError } from './service.ts';
export type { Service } from './service.ts';
export { retryUntilAvailable } from './retry-until-available.ts';
export type { RetryOptions } from './retry-until-available.ts';
export { createAvailability } from './availability.ts';
export type { Availability } from './availability.ts';
export { backoffDelaysMs } from './backoff.ts';
export type { BackoffOptions } from './backoff.ts';
