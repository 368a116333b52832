import type { Fault } from './fault.ts';
import type { Position } from './source-node.ts';

/** A `${…}` that stands in a value. */
export interface FoundReference extends Position {
  /** The path of the key that holds it: `tests[0].headers.Authorization`. */
  readonly key: string;
  /** What stands between the braces. */
  readonly text: string;
}

/** What one reading of a file gathers: faults, references, and where each key stands. */
export interface Reading {
  readonly faults: Fault[];
  readonly references: FoundReference[];
  readonly positions: Map<string, Position>;
}

export function startReading(): Reading {
  return { faults: [], references: [], positions: new Map() };
}

/** What a shape returns when the node was not of it; the fault has been noted. */
export const INVALID = Symbol('invalid');
export type Invalid = typeof INVALID;

export function addFault(reading: Reading, key: string, fault: Omit<Fault, 'key' | 'line' | 'column'>): void {
  const { line, column } = reading.positions.get(key) ?? { line: 1, column: 1 };
  reading.faults.push({ line, column, key, ...fault });
}
