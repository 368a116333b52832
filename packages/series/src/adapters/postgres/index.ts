export { createPostgresSeries } from './series-stores.ts';
export type { UpkeepOptions, UpkeepStep } from './series-upkeep.ts';
