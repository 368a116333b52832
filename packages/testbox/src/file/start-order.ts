/** Names in groups: those of a group may start together, after all groups before it. */
export type StartOrder =
  | { readonly kind: 'ordered'; readonly groups: readonly (readonly string[])[] }
  /** Each needs the next one, and the last one the first. */
  | { readonly kind: 'cyclic'; readonly names: readonly string[] };

/** Puts everybody after those that they need. @param needs by name; what is not a key itself does not count */
export function orderStarts(needs: ReadonlyMap<string, readonly string[]>): StartOrder {
  const groups: (readonly string[])[] = [];
  const started = new Set<string>();
  const isReady = (name: string): boolean => started.has(name) || !needs.has(name);
  while (started.size < needs.size) {
    const group = Array.from(needs)
      .filter(([name, others]) => !started.has(name) && others.every(isReady))
      .map(([name]) => name);
    if (group.length === 0) return { kind: 'cyclic', names: findCycle(needs, isReady) };
    groups.push(group);
    for (const name of group) started.add(name);
  }
  return { kind: 'ordered', groups };
}

/** Everyone who is left needs somebody who is left, so following the needs must come round. */
function findCycle(
  needs: ReadonlyMap<string, readonly string[]>,
  isReady: (name: string) => boolean,
): readonly string[] {
  const path: string[] = [];
  let name = Array.from(needs.keys()).find((name) => !isReady(name)) ?? '';
  while (!path.includes(name)) {
    path.push(name);
    name = needs.get(name)?.find((need) => !isReady(need)) ?? '';
  }
  return path.slice(path.indexOf(name));
}
