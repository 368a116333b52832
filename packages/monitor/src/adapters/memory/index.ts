export { createMemoryCheckResults } from './check-result-store.ts';
