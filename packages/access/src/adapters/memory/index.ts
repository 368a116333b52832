export { createMemoryAccess } from './access-stores.ts';
