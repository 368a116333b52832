export { createMemoryCheckResults } from './check-result-store.ts';
export { createMemoryTargets, type TargetStores } from './targets.ts';
