export { parseTargets, type ParseTargetsOptions } from './parse-targets.ts';
export { targetSchema } from './target-schema.ts';
