import { shorten } from '../text/shorten.ts';
import type { Position, SourceNode } from './source-node.ts';

/** Something in the file that cannot be used. */
export interface Fault extends Position {
  /** The path of the key: `tests[2].queryType`; empty where the fault is one of the whole file. */
  readonly key: string;
  /** What was found there. */
  readonly found: string;
  /** The end of the sentence "allowed is …"; undefined where the finding says it all. */
  readonly allowed?: string | undefined;
  /** What was probably meant. */
  readonly suggestion?: string | undefined;
}

/** One line: `shop.yaml:7:16: tests[2].queryType: found 'FETCH'; allowed is GET, POST, …`. */
export function describeFault(fileName: string, fault: Fault): string {
  const place = `${fileName}:${fault.line}:${fault.column}: `;
  const key = fault.key === '' ? '' : `${fault.key}: `;
  const allowed = fault.allowed === undefined ? '' : `; allowed is ${fault.allowed}`;
  const suggestion = fault.suggestion === undefined ? '' : `; did you mean ${fault.suggestion}?`;
  return `${place}${key}${fault.found}${allowed}${suggestion}`;
}

/** `found 'FETCH'`, `found nothing`, `found a list`. */
export function describeFound(node: SourceNode): string {
  if (node.kind === 'list') return 'found a list';
  if (node.kind === 'map') return 'found keys with values';
  if (node.value === null || node.text === '') return 'found nothing';
  return `found '${shorten(node.text, 60)}'`;
}

/** In the order of the file, so that an editor can be walked through it. */
export function sortFaults(faults: readonly Fault[]): readonly Fault[] {
  return faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
