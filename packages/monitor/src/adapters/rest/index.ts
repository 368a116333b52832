export { mapMonitorError } from './errors.ts';
export { registerMonitorRoutes, type MonitorRouteOptions } from './register-monitor-routes.ts';
