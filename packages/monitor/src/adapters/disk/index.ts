export { openDiskSpool, type DiskSpoolOptions, type SpoolStep } from './disk-spool.ts';
export { FolderInUseError } from './lock-folder.ts';
