import { median } from '../measure/median.ts';

/** Three interleaved rounds: what the machine does meanwhile falls on both. */
const ROUNDS = 3;

export interface Compared {
  readonly rawPerSecond: number;
  readonly oursPerSecond: number;
  /** The median of the ratios of ours to raw, round by round. */
  readonly ratio: number;
}

/** Measures raw and ours in turn; both answer calls per second. */
export async function compareInRounds(
  raw: (round: number) => Promise<number>,
  ours: (round: number) => Promise<number>,
): Promise<Compared> {
  const rounds: { readonly raw: number; readonly ours: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ raw: await raw(round), ours: await ours(round) });
  }
  return {
    rawPerSecond: median(rounds.map((round) => round.raw)),
    oursPerSecond: median(rounds.map((round) => round.ours)),
    ratio: median(rounds.map((round) => round.ours / round.raw)),
  };
}
