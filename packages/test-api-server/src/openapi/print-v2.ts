import type { ResourceRegistry } from '../resource/resource-registry.ts';
import type { ResourceType } from '../resource/resource-type.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { schemaNameOf, schemaOf } from './kind-schema.ts';
import { field } from './protobuf.ts';

/** Not with the `@` of old servers, which clients that Go 1.18 or newer compiled cannot read. */
export const OPENAPI_V2_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** The fields of `openapi.v2` that are written here, by their numbers in gnostic's OpenAPIv2.proto. */
const DOCUMENT = { swagger: 1, info: 2, paths: 8, definitions: 9 } as const;
const INFO = { title: 1, version: 2 } as const;
const NAMED = { name: 1, value: 2 } as const;
const SCHEMA = {
  format: 2,
  description: 4,
  required: 19,
  additionalProperties: 21,
  type: 22,
  items: 23,
  properties: 25,
  vendorExtension: 31,
} as const;
/** What wraps one thing, or a list of them. */
const ONLY = 1;
const ANY_YAML = 2;

/** The answer of `/openapi/v2`: kubectl up to 1.24 reads this document alone, and only as Protocol Buffers. */
export function printV2(registry: ResourceRegistry): Buffer {
  // Of built-in kinds nothing is known: a client takes what is not there as it is.
  const kinds = registry.all().filter(({ custom }) => custom !== undefined);
  return Buffer.concat([
    field(DOCUMENT.swagger, '2.0'),
    field(
      DOCUMENT.info,
      Buffer.concat([field(INFO.title, 'Daywatch test API server'), field(INFO.version, 'v1')]),
    ),
    field(DOCUMENT.paths, ''),
    field(DOCUMENT.definitions, Buffer.concat(kinds.map((kind) => field(ONLY, printKind(kind))))),
  ]);
}

function printKind(resource: ResourceType): Buffer {
  const { group, version, kind } = resource;
  const identity = field(ANY_YAML, JSON.stringify([{ group, version, kind }]));
  const extension = Buffer.concat([
    field(NAMED.name, 'x-kubernetes-group-version-kind'),
    field(NAMED.value, identity),
  ]);
  const schema = [printSchema(schemaOf(resource)), field(SCHEMA.vendorExtension, extension)];
  return Buffer.concat([
    field(NAMED.name, schemaNameOf(resource)),
    field(NAMED.value, Buffer.concat(schema)),
  ]);
}

function printSchema(schema: StructuralSchema): Buffer {
  const { type, format, description, required = [], properties, additionalProperties, items } = schema;
  const parts: Buffer[] = [];
  if (format !== undefined) parts.push(field(SCHEMA.format, format));
  if (description !== undefined) parts.push(field(SCHEMA.description, description));
  for (const name of required) parts.push(field(SCHEMA.required, name));
  if (typeof additionalProperties === 'object')
    parts.push(field(SCHEMA.additionalProperties, field(ONLY, printSchema(additionalProperties))));
  // What may be a number or a text has no type here.
  if (type !== undefined) parts.push(field(SCHEMA.type, field(ONLY, type)));
  if (items !== undefined) parts.push(field(SCHEMA.items, field(ONLY, printSchema(items))));
  if (properties !== undefined) parts.push(field(SCHEMA.properties, printProperties(properties)));
  return Buffer.concat(parts);
}

function printProperties(properties: Readonly<Record<string, StructuralSchema>>): Buffer {
  return Buffer.concat(
    Object.entries(properties).map(([name, schema]) =>
      field(ONLY, Buffer.concat([field(NAMED.name, name), field(NAMED.value, printSchema(schema))])),
    ),
  );
}
