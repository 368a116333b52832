/** Where something stands in the file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Scalar = string | number | boolean | null;

/** A value of the file together with where it stands: what the YAML adapter gives to the parser. */
export type SourceNode = ScalarNode | ListNode | MapNode;

interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** As it was written, so that `1.10` stays `1.10` where text is wanted; without the quotes. */
  readonly text: string;
  readonly at: Position;
}

interface ListNode {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
  readonly at: Position;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly at: Position;
}

export interface MapEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: SourceNode;
}
