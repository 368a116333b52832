export {
  checkerSchema,
  checkerSection,
  retentionSection,
  spoolSize,
  targetsKey,
  type CheckerConfig,
} from './config.ts';
export {
  openCheckerPart,
  type CheckerPart,
  type CheckerPartOptions,
  type CheckerStores,
} from './checker-part.ts';
export { followTargets, type FollowedTargets, type FollowTargetsOptions } from './follow-targets.ts';
export { openStores } from './open-stores.ts';
export { readTargets } from './read-targets.ts';
export { TargetReader } from './target-reader.ts';
