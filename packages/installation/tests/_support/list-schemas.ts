import type { JsonSchema } from '@daywatch/installation';

/** A schema and all within it, each with where it stands: `Daywatch.spec.parts.restapi.replicas`. */
export function listSchemas(
  schema: JsonSchema,
  path: string,
): readonly { readonly path: string; readonly schema: JsonSchema }[] {
  return [
    { path, schema },
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => listSchemas(each, `${path}.${name}`)),
    ...(schema.items === undefined ? [] : listSchemas(schema.items, `${path}[]`)),
    ...(schema.additionalProperties === undefined ? [] : listSchemas(schema.additionalProperties, `${path}{}`)),
  ];
}
