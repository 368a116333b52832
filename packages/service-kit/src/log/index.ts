export { openLog, silentLog } from './open-log.ts';
export type { Log, Logger, LogLevel, LogOptions } from './open-log.ts';
export type { Access } from './access-line.ts';
export { redact, redactText } from './redact.ts';
