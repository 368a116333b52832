export { needDatabase } from './need-database.ts';
export {
  openWorkerLog,
  startWorker,
  type Need,
  type WorkerConfig,
  type WorkerOptions,
} from './start-worker.ts';
export { sharedStorageSection, workerKeys } from './worker-config.ts';
