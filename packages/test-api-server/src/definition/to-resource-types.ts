import type { KubeObject } from '../object/kube-object.ts';
import { METADATA_MERGE_TYPE } from '../resource/built-in-merge-types.ts';
import type { Column, ResourceType, ScalePaths } from '../resource/resource-type.ts';
import { mergeTypeOf } from '../schema/merge-type-of.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';

/** What the server reads of a CustomResourceDefinition. */
export interface Definition {
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: {
      readonly plural: string;
      readonly singular?: string;
      readonly kind: string;
      readonly shortNames?: readonly string[];
      readonly categories?: readonly string[];
    };
    readonly versions: readonly DefinitionVersion[];
  };
}

interface DefinitionVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly schema?: { readonly openAPIV3Schema?: StructuralSchema };
  readonly subresources?: {
    readonly status?: object;
    readonly scale?: {
      readonly specReplicasPath: string;
      readonly statusReplicasPath: string;
      readonly labelSelectorPath?: string;
    };
  };
  readonly additionalPrinterColumns?: readonly (Omit<Column, 'priority'> & { readonly priority?: number })[];
}

/** The served versions of what a CustomResourceDefinition defines. */
export function toResourceTypes(definition: KubeObject): readonly ResourceType[] {
  const { spec } = definition as unknown as Definition;
  return spec.versions.filter(({ served }) => served).map((version) => toResourceType(spec, version));
}

function toResourceType(
  { group, scope, names }: Definition['spec'],
  version: DefinitionVersion,
): ResourceType {
  const { name, schema, subresources, additionalPrinterColumns = [] } = version;
  const root = schema?.openAPIV3Schema;
  const scale = toScalePaths(subresources?.scale);
  const mergeType = mergeTypeOf(root);
  return {
    group,
    version: name,
    plural: names.plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    kind: names.kind,
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    isNamespaced: scope === 'Namespaced',
    hasStatus: subresources?.status !== undefined,
    ...(scale !== undefined && { scale }),
    mergeType: { ...mergeType, fields: { ...mergeType?.fields, ...METADATA_MERGE_TYPE.fields } },
    custom: {
      ...(root !== undefined && { schema: root }),
      columns: additionalPrinterColumns.map((column) => ({ ...column, priority: column.priority ?? 0 })),
    },
  };
}

function toScalePaths(
  scale: NonNullable<DefinitionVersion['subresources']>['scale'],
): ScalePaths | undefined {
  if (scale === undefined) return undefined;
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = scale;
  return {
    specReplicas: toFields(specReplicasPath),
    statusReplicas: toFields(statusReplicasPath),
    ...(labelSelectorPath !== undefined && { labelSelector: toFields(labelSelectorPath) }),
  };
}

function toFields(path: string): readonly string[] {
  return path.split('.').filter((field) => field !== '');
}
