export { openConfiguredQueue, queueSection, type QueueConfig } from './configured-queue.ts';
