import type { Label, Series } from '@daywatch/exposition';

/** What becomes of a label that a target exposes although its configuration gives the target one of that name. */
export interface ClashRules {
  /** The names of the labels that the target has: `job`, `instance`, and what its configuration adds. */
  readonly targetNames: ReadonlySet<string>;
  /** True keeps the exposed label; it hides the target's. False, the default, renames it to `exported_…`. */
  readonly honorsLabels: boolean;
}

/**
 * The labels of a series of its own, after the clash rules of Prometheus: sorted, without the target's labels, which
 * belong to all its series alike.
 */
export function labelSeries({ labels }: Series, { targetNames, honorsLabels }: ClashRules): readonly Label[] {
  if (honorsLabels || !labels.some(({ name }) => targetNames.has(name))) return labels;
  const taken = new Set([...targetNames, ...labels.map(({ name }) => name)]);
  return labels
    .map((label) =>
      targetNames.has(label.name) ? { ...label, name: findFreeName(label.name, taken) } : label,
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `exported_job`, and `exported_exported_job` where that is exposed as well. */
function findFreeName(name: string, taken: Set<string>): string {
  let free = `exported_${name}`;
  while (taken.has(free)) free = `exported_${free}`;
  taken.add(free);
  return free;
}
