export { ConfigError } from './config-error.ts';
export { loadConfig } from './load-config.ts';
export type { ConfigSource, DeepReadonly, LoadedConfig } from './load-config.ts';
export { readEnv } from './read-env.ts';
export type { Env } from './read-env.ts';
export { generateReference } from './generate-reference.ts';
export { generateSample } from './generate-sample.ts';
export { suggest } from './suggest.ts';
export {
  apiLimits,
  httpSection,
  logKeys,
  metricsSection,
  shutdownSection,
  storageSection,
} from './sections.ts';
export { byteSize, count, duration, orDefaults, secret, section } from './value-types.ts';
export { formatDurationMs, parseDurationMs } from './duration.ts';
export type { FieldMeta } from './field.ts';
