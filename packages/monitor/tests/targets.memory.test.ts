import { createMemoryTargets } from '../src/adapters/memory/index.ts';
import { describeTargetStores } from './targets.contract.ts';

describeTargetStores('in memory', async () => {
  let passedMs = 0;
  const { leases, board } = createMemoryTargets(() => Date.now() + passedMs);
  return { leases, board, reader: board, pass: async (ms) => void (passedMs += ms) };
});
