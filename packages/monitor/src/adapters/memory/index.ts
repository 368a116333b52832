export { createMemoryCheckResults } from './check-result-store.ts';
export { createMemorySpool } from './spool.ts';
export { createMemoryTargets, type TargetStores } from './targets.ts';
