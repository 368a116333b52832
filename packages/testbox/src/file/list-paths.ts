import type { WrittenFile } from './file-shape.ts';
import type { Reading } from './reading.ts';
import type { Position } from './source-node.ts';

/** A path of this machine that a test file names. */
export interface NamedPath extends Position {
  /** The path of the key that holds it: `dependencies[0].dockerfile`. */
  readonly key: string;
  readonly path: string;
  /** What must be there; `dockerfile`: the file, or the folder that it lies in. */
  readonly kind: 'dockerfile' | 'folder' | 'file';
}

/** What must be there for a file to run. Folders of volumes are the engine's, which may be another machine's. */
export function listPaths(file: WrittenFile, { positions }: Reading): readonly NamedPath[] {
  const name = (kind: NamedPath['kind'], key: string, path: string | undefined): readonly NamedPath[] => {
    const at = positions.get(key) ?? { line: 1, column: 1 };
    return path === undefined ? [] : [{ ...at, key, path, kind }];
  };
  const containers = [
    ['', file] as const,
    ...(file.dependencies ?? []).map((each, i) => [`dependencies[${i}].`, each] as const),
  ];
  return [
    ...containers.flatMap(([prefix, { dockerfile, context, files = [] }]) => [
      ...name('dockerfile', `${prefix}dockerfile`, dockerfile),
      ...name('folder', `${prefix}context`, context),
      ...files.flatMap(({ from }, i) =>
        from.kind === 'source' ? name('file', `${prefix}files[${i}].source`, from.source) : [],
      ),
    ]),
    ...file.tests.flatMap(({ grpc }, i) => name('file', `tests[${i}].grpc.descriptors`, grpc?.descriptors)),
  ];
}
