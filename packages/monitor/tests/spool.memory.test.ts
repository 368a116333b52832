import { createMemorySpool } from '../src/adapters/memory/index.ts';
import { describeSpool } from './spool.contract.ts';

describeSpool('in memory', (room) => Promise.resolve(createMemorySpool({ maxFindings: room })));
