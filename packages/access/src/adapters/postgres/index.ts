export { createPostgresAccess } from './access-stores.ts';
