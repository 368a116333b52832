export { createRabbitmqQueue, type RabbitmqQueueOptions } from './create-rabbitmq-queue.ts';
