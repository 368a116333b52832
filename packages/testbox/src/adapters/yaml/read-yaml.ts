import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { Fault } from '../../file/fault.ts';
import type { Position, Scalar, SourceNode } from '../../file/source-node.ts';

export type ReadYaml =
  | { readonly kind: 'read'; readonly root: SourceNode }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

const MAX_BYTES = 1024 * 1024;
/** Below it YAML would be a bomb: a few lines of aliases that stand for millions of nodes. */
const MAX_NODES = 100_000;

/** Reads YAML 1.2 into values that know where they stand. Every fault of the syntax is told. */
export function readYaml(source: string): ReadYaml {
  if (source.length > MAX_BYTES)
    return faulty({ line: 1, column: 1 }, `found ${source.length} characters`, `at most ${MAX_BYTES}`);
  const lines = new LineCounter();
  const documents = parseAllDocuments(source, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  const list: readonly Document[] = Array.isArray(documents) ? (documents as Document[]) : [];
  const [document, second] = list;
  if (!document?.contents) return faulty({ line: 1, column: 1 }, 'the file is empty', 'a test file');
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faults = list.flatMap(({ errors }) =>
    errors.map(({ message, pos }) => ({ ...at(pos[0]), key: '', found: `broken YAML: ${message}` })),
  );
  if (second?.contents?.range)
    faults.push({ ...at(second.contents.range[0]), key: '', found: 'found a second document' });
  if (faults.length > 0) return { kind: 'faulty', faults };
  return new NodeReader(document, at).read(document.contents);
}

/** Counts the nodes as it goes, since aliases multiply them. */
class NodeReader {
  readonly #document: Document;
  readonly #at: (offset: number) => Position;
  readonly #faults: Fault[] = [];
  /** Looking one up walks through the document: once for each is enough. */
  readonly #meant = new Map<Node, Node | undefined>();
  #count = 0;

  constructor(document: Document, at: (offset: number) => Position) {
    this.#document = document;
    this.#at = at;
  }

  read(node: Node): ReadYaml {
    const root = this.#convert(node, { line: 1, column: 1 });
    if (this.#count > MAX_NODES)
      return faulty({ line: 1, column: 1 }, 'the file holds too many values', `at most ${MAX_NODES}`);
    return this.#faults.length > 0 ? { kind: 'faulty', faults: this.#faults } : { kind: 'read', root };
  }

  /** @param near where to point where there is nothing: `name:` without a value */
  #convert(node: unknown, near: Position, depth = 0): SourceNode {
    const at = positionOf(node, this.#at) ?? near;
    this.#count++;
    if (this.#count > MAX_NODES || depth > 100) {
      this.#count = Infinity;
      return nothing(at);
    }
    if (isAlias(node)) {
      const meant = this.#meant.has(node) ? this.#meant.get(node) : node.resolve(this.#document);
      this.#meant.set(node, meant);
      if (meant !== undefined) return { ...this.#convert(meant, at, depth + 1), at };
      this.#faults.push({ ...at, key: '', found: `broken YAML: there is no anchor '${node.source}'` });
      return nothing(at);
    }
    if (isMap(node)) {
      const pairs = node.items as readonly Pair[];
      return { kind: 'map', at, entries: pairs.map((pair) => this.#convertPair(pair, at, depth)) };
    }
    if (isSeq(node))
      return { kind: 'list', at, items: node.items.map((item) => this.#convert(item, at, depth + 1)) };
    if (isScalar(node)) return convertScalar(node.value, node.source, at);
    return nothing(at);
  }

  #convertPair({ key, value }: Pair, near: Position, depth: number) {
    const keyNode = this.#convert(key, near, depth + 1);
    const name = keyNode.kind === 'scalar' ? keyNode.text : '';
    if (keyNode.kind !== 'scalar')
      this.#faults.push({ ...keyNode.at, key: '', found: 'found a list or a mapping as a key' });
    return { key: name, keyAt: keyNode.at, value: this.#convert(value, keyNode.at, depth + 1) };
  }
}

function convertScalar(value: unknown, source: string | undefined, at: Position): SourceNode {
  if (value === null || value === undefined) return nothing(at);
  const isPlain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
  // Of YAML's other kinds (times, binary) what was written is as good as anything.
  const scalar: Scalar = isPlain ? value : (source ?? '');
  return {
    kind: 'scalar',
    value: scalar,
    text: typeof scalar === 'string' ? scalar : (source ?? String(scalar)),
    at,
  };
}

function nothing(at: Position): SourceNode {
  return { kind: 'scalar', value: null, text: '', at };
}

function positionOf(node: unknown, at: (offset: number) => Position): Position | undefined {
  const range = (node as { readonly range?: readonly number[] | null } | null | undefined)?.range;
  return range?.[0] === undefined ? undefined : at(range[0]);
}

function faulty(at: Position, found: string, allowed: string): ReadYaml {
  return { kind: 'faulty', faults: [{ ...at, key: '', found, allowed }] };
}
