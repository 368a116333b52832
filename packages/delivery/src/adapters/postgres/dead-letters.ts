import type { Queries } from '@daywatch/service-kit/postgres';

import {
  BODY_START_BYTES,
  checkLimit,
  type DeadLetters,
  type DeadLetterSelection,
} from '../../queue/dead-letters.ts';
import { discardDeadLetters, listDeadLetters, replayDeadLetters } from './sql/dead-letters.ts';
import { toUnavailable } from './to-unavailable.ts';

/** Each method is one statement, and so happens as a whole or not at all. */
export function createDeadLetters(db: Queries, queue: string, onReplay: () => void): DeadLetters {
  const select = ({ ids, limit }: DeadLetterSelection) => {
    checkLimit(limit);
    return [queue, ids === undefined ? null : [...ids], limit] as const;
  };
  return {
    async list(selection, signal) {
      const parameters = [...select(selection), BODY_START_BYTES];
      const rows = await db.query(listDeadLetters, parameters, signal).catch((error: unknown) => {
        throw toUnavailable(error, signal);
      });
      return rows.map((row) => ({
        id: row.message_id,
        reason: row.reason,
        deadLetteredAtMs: row.dead_at,
        sizeBytes: row.size_bytes,
        bodyStart: row.body_start,
      }));
    },
    async replay(selection, signal) {
      const replayed = await count(replayDeadLetters, selection, signal);
      if (replayed > 0) onReplay();
      return replayed;
    },
    discard: (selection, signal) => count(discardDeadLetters, selection, signal),
  };

  async function count(
    statement: typeof replayDeadLetters,
    selection: DeadLetterSelection,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const rows = await db.query(statement, select(selection), signal).catch((error: unknown) => {
      throw toUnavailable(error, signal);
    });
    return rows[0]?.count ?? 0;
  }
}
