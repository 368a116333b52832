export { createPostgresTargets } from './targets.ts';
export { createPostgresCheckResults } from './check-result-store.ts';
