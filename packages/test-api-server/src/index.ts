export { startApiServer, type ApiServer, type ApiServerOptions } from './api-server.ts';
export type { Clock } from './api-state.ts';
export type { FaultMatch } from './faults/fault-match.ts';
export type { Delay, Lift, Loss, Refusal } from './faults/faults.ts';
export type {
  Json,
  JsonObject,
  KubeObject,
  ManagedFieldsEntry,
  ObjectMeta,
  OwnerReference,
} from './object/kube-object.ts';
export type { ServiceAccountRef, User } from './rbac/user.ts';
export type { Verb } from './request/api-request.ts';
export type { LoggedRequest, RequestLog } from './request/request-log.ts';
export type { ServerFaults } from './server-faults.ts';
export type { ServerObjects } from './server-objects.ts';
export type { JobOutcome, JobRun, Workloads } from './workload/workload-settings.ts';
