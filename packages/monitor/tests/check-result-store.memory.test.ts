import { createMemoryCheckResults } from '../src/adapters/memory/index.ts';
import { describeCheckResultStore } from './check-result-store.contract.ts';

describeCheckResultStore('in memory', () => Promise.resolve(createMemoryCheckResults()));
