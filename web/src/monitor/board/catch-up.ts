import type { Board, Standing } from '../model.ts';
import { applyStandings } from './apply-standings.ts';

export interface CatchUp {
  /** Something has become known while an answer may be on its way. */
  readonly tell: (standings: readonly Standing[]) => void;
  /** Asks for the board, and adds what was told meanwhile: the server may have read its answer before. */
  readonly load: (ask: () => Promise<Board>) => Promise<Board>;
}

/** Keeps what is told while the board is being asked for: an answer that comes later knows less than what it replaces. */
export function createCatchUp(): CatchUp {
  const waiting = new Set<(readonly Standing[])[]>();
  return {
    tell(standings) {
      for (const told of waiting) told.push(standings);
    },
    async load(ask) {
      const told: (readonly Standing[])[] = [];
      waiting.add(told);
      try {
        const board = await ask();
        // One after the other: each may tell of another check of the same target.
        return told.reduce(applyNewer, board);
      } finally {
        waiting.delete(told);
      }
    },
  };
}

/** The answer may also know more than what was told before it was read. */
function applyNewer(board: Board, standings: readonly Standing[]): Board {
  const known = new Map(board.entries.map(({ id, lastCheck }) => [id, lastCheck?.atMs ?? 0]));
  return applyStandings(
    board,
    standings.filter(({ id, lastCheck }) => (lastCheck?.atMs ?? 0) >= (known.get(id) ?? 0)),
  );
}
