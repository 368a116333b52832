export { checkDatastore } from './check-datastore.ts';
export { createHealth } from './health.ts';
export type { CheckReport, Health, HealthOptions, HealthReport } from './health.ts';
export type { HealthCheck, HealthFinding, HealthStatus } from './health-check.ts';
export { addHealthRoutes } from './health-routes.ts';
export type { HealthRouteOptions } from './health-routes.ts';
export { buildHealthCommand } from './health-command.ts';
