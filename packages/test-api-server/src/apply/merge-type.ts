/**
 * How values of a type are merged and owned. What says nothing is deduced from the value, as the real server
 * does without a schema: a map is merged field by field, a list is one value.
 */
export interface MergeType {
  /** `set`: a list of scalars without an order; keys: a list of maps, told apart by these fields. */
  readonly list?: 'set' | readonly string[];
  /** What a key is where an item does not say it. */
  readonly keyDefaults?: Readonly<Record<string, string>>;
  /** The whole value has one owner. */
  readonly isAtomic?: boolean;
  readonly fields?: Readonly<Record<string, MergeType>>;
  /** The type of a list's items, or of a map's values whose field is not named. */
  readonly items?: MergeType;
}

/** The type of a map's field. */
export function fieldTypeOf(type: MergeType | undefined, field: string): MergeType | undefined {
  return type?.fields?.[field] ?? type?.items;
}
