export { checkPaths } from './check-paths.ts';
export { createWorkingFolder } from './working-folder.ts';
export { readThisMachine } from './this-machine.ts';
