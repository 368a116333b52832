import { randomBytes } from 'node:crypto';

import { cacheSessions, cacheTokens, type AccessStores, type Clock } from '../src/index.ts';
import { createMemoryAccess } from '../src/adapters/memory/index.ts';

/** 2026-03-01T12:00:00Z. */
export const START_MS = Date.UTC(2026, 2, 1, 12);

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  nowMs: number;
}

export function createTestClock(nowMs = START_MS): TestClock {
  return {
    nowMs,
    now() {
      return this.nowMs;
    },
  };
}

/** A context for the use cases, on stores in memory unless others are given. */
export function createTestContext(stores: AccessStores = createMemoryAccess()) {
  const clock = createTestClock();
  const sessions = cacheSessions(stores.sessions, { clock });
  return {
    clock,
    random: (size: number): Uint8Array => randomBytes(size),
    tokens: cacheTokens(stores.tokens, { clock, onRevoke: sessions.forget }),
    sessions,
  };
}

/** What a promise fails with; one that does not fail is an error of the test. */
export async function failureOf(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('it was expected to fail, and did not');
}
