import { apiVersionOf, type ResourceType } from '../resource/resource-type.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';

const WHAT_ALL_HAVE: Readonly<Record<string, StructuralSchema>> = {
  apiVersion: { type: 'string', description: 'The version of the schema that this object is written in.' },
  kind: { type: 'string', description: 'What this object is.' },
  metadata: { type: 'object', description: 'What every object says of itself: its name, its labels.' },
};

/** What clients are told of a kind. Of built-in ones this server knows no more than that they are objects. */
export function schemaOf({ kind, custom }: ResourceType): StructuralSchema {
  const { schema } = custom ?? {};
  return {
    type: 'object',
    description: `${kind}, of which this test server knows no fields.`,
    ...schema,
    properties: { ...schema?.properties, ...WHAT_ALL_HAVE },
  };
}

/** `dev.daywatch.v1alpha1.Daywatch`, as the real server names what a CustomResourceDefinition defines. */
export function schemaNameOf({ group, version, kind }: ResourceType): string {
  const reversed = group.split('.').reverse().join('.');
  return [reversed === '' ? 'core' : reversed, version, kind].join('.');
}

/** The path of one object of a kind, with its parameters. */
export function pathOf(resource: ResourceType): string {
  const { group, plural, isNamespaced } = resource;
  const root = group === '' ? '/api' : '/apis';
  const scope = isNamespaced ? '/namespaces/{namespace}' : '';
  return `${root}/${apiVersionOf(resource)}${scope}/${plural}/{name}`;
}
