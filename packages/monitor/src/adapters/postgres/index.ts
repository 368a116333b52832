export { createPostgresTargets } from './targets.ts';
