export { createPostgresQueue, type PostgresQueueOptions } from './create-postgres-queue.ts';
