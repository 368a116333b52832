export type * from './kubernetes/index.ts';
export { BROKER } from './objects/broker.ts';
export { configurationFile, describeConfiguration, type Configuration } from './objects/configuration.ts';
export { DATABASE } from './objects/database.ts';
export { CONFIGURATION_ANNOTATION } from './objects/deployment.ts';
export {
  describeInstallation,
  listObjects,
  type InstallationObjects,
  type PartObjects,
  type StoreObjects,
} from './objects/describe-installation.ts';
export { listEdges, type Edge } from './objects/edges.ts';
export { InstallationError } from './objects/installation-error.ts';
export { MIGRATE, nameMigrationJob } from './objects/migration-job.ts';
export {
  countReplicas,
  createScope,
  enabledParts,
  nameObject,
  selectorLabels,
  type DescribeOptions,
  type Scope,
  type TargetEntry,
} from './objects/scope.ts';
export { listSecretNeeds, makeSecrets, type RandomText, type SecretNeed } from './objects/secrets.ts';
export { DATA_VOLUME } from './objects/store.ts';
export { measureTargets, roomForTargets } from './objects/target-room.ts';
export { findPart, PARTS, type Part, type PartName } from './part/part.ts';
export type { Condition } from './resources/condition.ts';
export {
  DAYWATCH_CONDITIONS,
  daywatchSpecSchema,
  daywatchStatusSchema,
  type Daywatch,
  type DaywatchSpec,
  type DaywatchStatus,
} from './resources/daywatch.ts';
export type {
  BrokerSpec,
  DatabaseSpec,
  IngressSpec,
  PartSpec,
  Resources,
} from './resources/daywatch-fields.ts';
export { DEFINITIONS, type Definition } from './resources/definition.ts';
export { API_VERSION, GROUP, VERSION, type Resource, type ResourceMeta } from './resources/group.ts';
export { healthCheckSpecSchema, type HealthCheck, type HealthCheckSpec } from './resources/health-check.ts';
export {
  scrapeTargetSpecSchema,
  type ScrapeTarget,
  type ScrapeTargetSpec,
} from './resources/scrape-target.ts';
export { describeTarget, type Endpoint } from './resources/target-entry.ts';
export {
  LISTED_ENDPOINTS,
  type PodSelector,
  type ServiceSelector,
  type TargetStatus,
} from './resources/target-fields.ts';
export { applyDefaults } from './schema/apply-defaults.ts';
export type { Infer, JsonSchema, Rule, Schema } from './schema/schema.ts';
