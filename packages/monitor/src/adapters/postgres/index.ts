export { createPostgresCheckResults } from './check-result-store.ts';
