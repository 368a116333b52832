import type { MapNode, SourceNode } from './source-node.ts';

/**
 * What the checks of sense need to know of a file, gathered even where other parts of it are wrong, so that every
 * fault is told at once.
 */
export interface Outline {
  readonly subject: ContainerOutline;
  readonly dependencies: readonly ContainerOutline[];
  readonly tests: readonly TestOutline[];
}

export interface ContainerOutline {
  /** The path of its keys: `dependencies[1]`, or empty for the container under test. */
  readonly key: string;
  readonly name: string | undefined;
  /** The keys that are there, in lower case. */
  readonly keys: ReadonlySet<string>;
}

export interface TestOutline {
  readonly key: string;
  /** The keys that are there, in lower case. */
  readonly keys: ReadonlySet<string>;
  readonly captures: readonly string[];
  readonly isParallel: boolean;
}

export function outlineFile(root: SourceNode): Outline {
  const isParallel = readFlag(child(root, 'parallel')) ?? false;
  return {
    subject: { key: '', name: textOf(child(root, 'containerName')), keys: keysOf(root) },
    dependencies: itemsOf(child(root, 'dependencies')).map((node, i) => ({
      key: `dependencies[${i}]`,
      name: textOf(child(node, 'name')),
      keys: keysOf(node),
    })),
    tests: itemsOf(child(root, 'tests')).map((node, i) => ({
      key: `tests[${i}]`,
      keys: keysOf(node),
      captures: entriesOf(child(node, 'capture')).map(({ key }) => key),
      isParallel: readFlag(child(node, 'parallel')) ?? isParallel,
    })),
  };
}

function child(node: SourceNode, name: string): SourceNode | undefined {
  return entriesOf(node).find(({ key }) => key.toLowerCase() === name.toLowerCase())?.value;
}

function entriesOf(node: SourceNode | undefined): MapNode['entries'] {
  return node?.kind === 'map' ? node.entries : [];
}

function itemsOf(node: SourceNode | undefined): readonly SourceNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function keysOf(node: SourceNode): ReadonlySet<string> {
  return new Set(entriesOf(node).map(({ key }) => key.toLowerCase()));
}

function textOf(node: SourceNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.text !== '' ? node.text : undefined;
}

/** A number, as `parallel: 8` of the file, says yes as well. */
function readFlag(node: SourceNode | undefined): boolean | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return node.value !== false;
}
