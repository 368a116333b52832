export { createRestapi, type Restapi, type RestapiParts } from './app.ts';
export { restapiSchema, type RestapiConfig } from './config.ts';
export {
  createMonitorPart,
  openMonitorStores,
  type MonitorPart,
  type MonitorPartOptions,
} from './monitor-part.ts';
