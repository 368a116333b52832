import { BELONGING_KINDS, type Belonging, type Belongings } from '../engine/belongings.ts';

export interface Removal {
  readonly removed: number;
  /** What could not be removed, and why. */
  readonly left: readonly { readonly belonging: Belonging; readonly reason: string }[];
}

/** Removes things in the order in which they let go of each other; those of one kind at once. */
export async function removeBelongings(belongings: Belongings, list: readonly Belonging[]): Promise<Removal> {
  const left: { readonly belonging: Belonging; readonly reason: string }[] = [];
  for (const kind of BELONGING_KINDS) {
    await Promise.all(
      list
        .filter((belonging) => belonging.kind === kind)
        .map((belonging) =>
          belongings.remove(belonging).catch((error: unknown) => {
            left.push({ belonging, reason: error instanceof Error ? error.message : String(error) });
          }),
        ),
    );
  }
  return { removed: list.length - left.length, left };
}
