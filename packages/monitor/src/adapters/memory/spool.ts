import type { Finding } from '../../record/finding.ts';
import type { Spool } from '../../record/spool.ts';

/** Keeps findings while the process runs: for tests, and for a checker without a disk. */
export function createMemorySpool({ maxFindings }: { readonly maxFindings: number }): Spool {
  const kept: Finding[] = [];
  return {
    append: async (findings) => {
      const room = Math.min(findings.length, maxFindings - kept.length);
      kept.push(...findings.slice(0, room));
      return room;
    },
    peek: async (limit) => kept.slice(0, limit),
    drop: async (count) => void kept.splice(0, count),
    usage: () => ({ findings: kept.length, bytes: 0 }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
