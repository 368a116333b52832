import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import { ConfigError } from './config-error.ts';

export interface YamlFile {
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Where a key stands, `line 3, column 9`; undefined for one that is not in the file. */
  readonly locate: (path: readonly PropertyKey[]) => string | undefined;
}

/** A configuration is a page of text, not a data file. */
const MAX_LENGTH = 1024 * 1024;

/** Reads the text of a configuration file; an empty one is an empty configuration. */
export function parseYamlFile(path: string, text: string): YamlFile {
  if (text.length > MAX_LENGTH) {
    throw new ConfigError(
      `${path}: the file has ${text.length} characters; allowed are ${MAX_LENGTH} for a configuration`,
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new ConfigError(`${path}: line ${line}, column ${col}: ${describeProblem(problem, text)}`);
  }
  if (document.contents !== null && !isMap(document.contents) && !isEmpty(document.contents)) {
    throw new ConfigError(
      `${path}: the file holds no keys; allowed is YAML such as 'http:' with keys below it`,
    );
  }
  return { path, value: toValue(document, path), locate: (key) => locate(document, lines, key) };
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

function describeProblem(
  problem: { code: string; message: string; pos: [number, number] },
  text: string,
): string {
  if (problem.code === 'DUPLICATE_KEY') {
    const key = /^[^:\s]*/.exec(text.slice(problem.pos[0]))?.[0] ?? '';
    return `the key '${key}' is given twice; allowed is once`;
  }
  return `this is not valid YAML: ${problem.message.split('\n', 1)[0]}`;
}

/** Aliases are resolved here, and too many of them (a "billion laughs" file) refused. */
function toValue(document: Document, path: string): Readonly<Record<string, unknown>> {
  try {
    return (document.toJS({ maxAliasCount: 100 }) ?? {}) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new ConfigError(`${path}: ${(error as Error).message}`, { cause: error });
  }
}

function locate(document: Document, lines: LineCounter, path: readonly PropertyKey[]): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const start = startOf(document, path.slice(0, length));
    if (start === undefined) continue;
    const { line, col } = lines.linePos(start);
    return `line ${line}, column ${col}`;
  }
  return undefined;
}

/** Where the key itself begins, or the element for a list. */
function startOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1)) : document.contents;
  const name = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === name);
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  return (document.getIn(path, true) as Node | undefined)?.range?.[0];
}
