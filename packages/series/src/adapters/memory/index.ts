export { createMemorySeries } from './series-stores.ts';
