/** Fills a small disk with a spool in the folder that it is given, empties it, and says what came of it as JSON. */
import { openDiskSpool } from '../../src/adapters/disk/index.ts';
import { makeFinding, secondsOf } from './findings.ts';

export interface FullDisk {
  readonly kept: number;
  readonly keptWhileFull: number;
  /** What was read back. */
  readonly seconds: readonly number[];
  readonly keptAfterwards: number;
}

const [folder = ''] = process.argv.slice(2);
await using spool = await openDiskSpool({ folder: `${folder}/spool`, maxBytes: 2 ** 30 });
let kept = 0;
for (let added = 100; added === 100; kept += added) {
  const next = kept;
  added = await spool.append(Array.from({ length: 100 }, (_, i) => makeFinding(next + i)));
}
const keptWhileFull = await spool.append(Array.from({ length: 100 }, (_, i) => makeFinding(i)));
const seconds: number[] = [];
for (let oldest = await spool.peek(1000); oldest.length > 0; oldest = await spool.peek(1000)) {
  seconds.push(...secondsOf(oldest));
  await spool.drop(oldest.length);
}
const keptAfterwards = await spool.append([makeFinding(1)]);
process.stdout.write(JSON.stringify({ kept, keptWhileFull, seconds, keptAfterwards } satisfies FullDisk));
