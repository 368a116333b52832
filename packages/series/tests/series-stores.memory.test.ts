import { createMemorySeries } from '../src/adapters/memory/index.ts';
import { describeSeriesStores } from './series-stores.contract.ts';

describeSeriesStores('memory', async () => createMemorySeries());
