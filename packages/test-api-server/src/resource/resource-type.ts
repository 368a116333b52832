import type { MergeType } from '../apply/merge-type.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';

/** Where `scale` finds its numbers, as paths of field names. */
export interface ScalePaths {
  readonly specReplicas: readonly string[];
  readonly statusReplicas: readonly string[];
  readonly labelSelector?: readonly string[];
}

/** A column that `kubectl get` prints. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly description?: string;
  /** 0 is always shown, above that only with `-o wide`. */
  readonly priority: number;
  readonly jsonPath: string;
}

/** One version of a kind that the API serves. */
export interface ResourceType {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly isNamespaced: boolean;
  /** Whether `status` is written apart from the rest. */
  readonly hasStatus: boolean;
  readonly scale?: ScalePaths;
  /** Which lists are merged by key; without it, maps are merged and lists replaced. */
  readonly mergeType?: MergeType;
  /** Given for kinds that a CustomResourceDefinition describes. */
  readonly custom?: { readonly schema?: StructuralSchema; readonly columns: readonly Column[] };
}

export function apiVersionOf({ group, version }: Pick<ResourceType, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** All versions of a kind are kept in one place. */
export function storageKeyOf({ group, plural }: Pick<ResourceType, 'group' | 'plural'>): string {
  return `${group}/${plural}`;
}
