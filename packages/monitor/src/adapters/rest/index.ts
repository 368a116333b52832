export { mapMonitorError } from './errors.ts';
export {
  registerMonitorRoutes,
  type MonitorAdmission,
  type MonitorRouteOptions,
} from './register-monitor-routes.ts';
