export { createCaller } from './create-caller.ts';
