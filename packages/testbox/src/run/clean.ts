import type { Belonging, Belongings } from '../engine/belongings.ts';
import { stateOfRun, type Machine } from './run-id.ts';
import { removeBelongings, type Removal } from './remove-belongings.ts';

export interface CleanOptions {
  /** What `--keep` has left, too. */
  readonly withKept: boolean;
  /** Runs of other machines too, of which nobody here knows whether they still go on. */
  readonly withElsewhere: boolean;
}

export interface Cleaned extends Removal {
  /** What was left alone because its run goes on. */
  readonly alive: number;
  /** What was left alone because it is another machine's. */
  readonly elsewhere: number;
}

/** Removes what runs have left that are no more. A run that goes on is never touched. */
export async function cleanLeftovers(
  belongings: Belongings,
  here: Machine,
  { withKept, withElsewhere }: CleanOptions,
): Promise<Cleaned> {
  const all = await belongings.list();
  const alive: Belonging[] = [];
  const elsewhere: Belonging[] = [];
  const dead: Belonging[] = [];
  for (const belonging of all) {
    const state = stateOfRun(belonging.runId, here);
    if (state === 'alive') alive.push(belonging);
    else if (state === 'elsewhere' && !withElsewhere) elsewhere.push(belonging);
    else if (!belonging.isKept || withKept) dead.push(belonging);
  }
  const removal = await removeBelongings(belongings, dead);
  return { ...removal, alive: alive.length, elsewhere: elsewhere.length };
}
