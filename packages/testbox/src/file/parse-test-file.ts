import { checkReferences, ownerOf } from './check-references.ts';
import { checkSense } from './check-sense.ts';
import { readAt } from './collection-shape.ts';
import { toContainerSpec } from './container-shape.ts';
import { sortFaults, type Fault } from './fault.ts';
import { DEFAULT_PARALLEL, fileShape, type WrittenFile } from './file-shape.ts';
import { listPaths, type NamedPath } from './list-paths.ts';
import { outlineFile, type Outline } from './outline.ts';
import { addFault, INVALID, startReading, type Reading } from './reading.ts';
import type { SourceNode } from './source-node.ts';
import { orderStarts } from './start-order.ts';
import type { TestFile } from './test-file.ts';
import { toTestSpec } from './to-test-spec.ts';

export type ParsedFile =
  | {
      readonly kind: 'valid';
      readonly file: TestFile;
      /** What must be there on this machine. */
      readonly paths: readonly NamedPath[];
    }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

/** Reads a test file. Every fault is told, in the order of the file; nothing beside it is touched. */
export function parseTestFile(root: SourceNode): ParsedFile {
  const reading = startReading();
  const written = readAt(fileShape, root, '', reading);
  if (root.kind === 'map') {
    const outline = outlineFile(root);
    checkSense(outline, reading);
    checkReferences(outline, reading);
    const groups = orderDependencies(outline, reading);
    if (written !== INVALID && reading.faults.length === 0)
      return { kind: 'valid', file: toTestFile(written, groups), paths: listPaths(written, reading) };
  }
  return { kind: 'faulty', faults: sortFaults(reading.faults) };
}

/** A dependency starts after those whose addresses it is given. */
function orderDependencies(outline: Outline, reading: Reading): readonly (readonly string[])[] {
  const names = outline.dependencies.flatMap(({ name }) => name ?? []);
  const needs = new Map(names.map((name) => [name, [] as string[]]));
  for (const { key, text } of reading.references) {
    const [need = ''] = text.split(':');
    const owner = key.startsWith('dependencies[') ? ownerOf(outline, key) : undefined;
    if (owner !== undefined && owner !== need.trim()) needs.get(owner)?.push(need.trim());
  }
  const order = orderStarts(needs);
  if (order.kind === 'ordered') return order.groups;
  const [first = ''] = order.names;
  addFault(reading, `dependencies[${names.indexOf(first)}]`, {
    found: `the dependencies need each other's addresses in a circle: ${[...order.names, first].join(' -> ')}`,
    allowed: 'no circle, since an address is known only once a container has started',
  });
  return [];
}

function toTestFile(written: WrittenFile, groups: readonly (readonly string[])[]): TestFile {
  const dependencies = new Map(
    (written.dependencies ?? []).map((each) => [each.name, toContainerSpec(each.name, each)]),
  );
  return {
    subject: toContainerSpec(written.containerName, written),
    dependencies: groups.map((names) => names.flatMap((name) => dependencies.get(name) ?? [])),
    tests: written.tests.map((test) => toTestSpec(test, written.parallel?.isDefault === true)),
    maxParallel: written.parallel?.max ?? DEFAULT_PARALLEL,
  };
}
