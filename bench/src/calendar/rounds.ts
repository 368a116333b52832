import { median } from '../measure/median.ts';

/** Three interleaved rounds: what the machine does meanwhile falls on both. */
const ROUNDS = 3;

export interface Compared {
  readonly rawPerSecond: number;
  readonly oursPerSecond: number;
  /** The median of the ratios of ours to raw, round by round. */
  readonly ratio: number;
}

/**
 * Measures raw and ours in turn; both answer calls per second. Prints each round under the name. Round 0 is of ours
 * alone and not counted: a server is measured as it is after its first seconds, when its code is compiled.
 */
export async function compareInRounds(
  name: string,
  raw: (round: number) => Promise<number>,
  ours: (round: number) => Promise<number>,
): Promise<Compared> {
  const rounds: { readonly raw: number; readonly ours: number }[] = [];
  await ours(0);
  for (let round = 1; round <= ROUNDS; round++) {
    const measured = { raw: await raw(round), ours: await ours(round) };
    rounds.push(measured);
    const ratio = (measured.ours / measured.raw).toFixed(3);
    const perSecond = `${Math.round(measured.ours)} of ${Math.round(measured.raw)} /s`;
    console.log(`  ${name}, round ${round}: ${perSecond}, ${ratio} of raw`);
  }
  return {
    rawPerSecond: median(rounds.map((round) => round.raw)),
    oursPerSecond: median(rounds.map((round) => round.ours)),
    ratio: median(rounds.map((round) => round.ours / round.raw)),
  };
}
