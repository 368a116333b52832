import { createMemoryAccess } from '../src/adapters/memory/index.ts';
import { describeAccessStores } from './access-stores.contract.ts';

describeAccessStores('memory', async () => createMemoryAccess());
