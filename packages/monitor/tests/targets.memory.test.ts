import { createMemoryTargets } from '../src/adapters/memory/index.ts';
import { describeTargetStores } from './targets.contract.ts';

describeTargetStores('in memory', async () => {
  const { leases, board } = createMemoryTargets();
  return { leases, board, reader: board };
});
