import type { Cause } from '../object/api-error.ts';
import { isJsonObject, type Json } from '../object/kube-object.ts';
import { isSameJson } from '../object/same-json.ts';
import { validateNumber, validateString } from './validate-scalar.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** Everything in which a value differs from its schema, in the words of the real server. */
export function validateValue(value: Json, schema: StructuralSchema, at = ''): Cause[] {
  const { type, nullable, enum: allowed } = schema;
  if (value === null && nullable === true) return [];
  if (schema['x-kubernetes-int-or-string'] === true) {
    if (!Number.isInteger(value) && typeof value !== 'string')
      return [wrongType(value, 'integer or string', at)];
  } else if (type !== undefined && !isOfType(value, type)) return [wrongType(value, type, at)];
  return [
    ...(allowed !== undefined && !allowed.some((each) => isSameJson(each, value))
      ? [unsupported(value, allowed, at)]
      : []),
    ...validateByType(value, schema, at),
    ...validateCombinations(value, schema, at),
  ];
}

function validateByType(value: Json, schema: StructuralSchema, at: string): Cause[] {
  if (typeof value === 'string') return validateString(value, schema, at);
  if (typeof value === 'number') return validateNumber(value, schema, at);
  if (Array.isArray(value)) return validateList(value, schema, at);
  return isJsonObject(value) ? validateObject(value, schema, at) : [];
}

function validateObject(value: { [field: string]: Json }, schema: StructuralSchema, at: string): Cause[] {
  const { required = [], properties = {}, additionalProperties, minProperties, maxProperties } = schema;
  const fields = Object.entries(value);
  const inner = fields.flatMap(([field, each]) => {
    const known = properties[field];
    if (known !== undefined) return validateValue(each, known, join(at, field));
    return typeof additionalProperties === 'object'
      ? validateValue(each, additionalProperties, `${at}[${field}]`)
      : [];
  });
  return [
    ...required
      .filter((field) => value[field] === undefined)
      .map((field) => ({ reason: 'FieldValueRequired', field: join(at, field), message: 'Required value' })),
    ...(minProperties !== undefined && fields.length < minProperties
      ? [invalidValue(fields.length, `${at} in body should have at least ${minProperties} properties`, at)]
      : []),
    ...(maxProperties !== undefined && fields.length > maxProperties
      ? [tooMany(fields.length, maxProperties, at)]
      : []),
    ...inner,
  ];
}

function validateList(items: readonly Json[], schema: StructuralSchema, at: string): Cause[] {
  const { minItems, maxItems, items: itemSchema } = schema;
  const type = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const identities = items.map((item) =>
    type === 'map' && isJsonObject(item) ? keys.map((key) => item[key] ?? null) : item,
  );
  const repeated =
    type === 'map' || type === 'set' || schema.uniqueItems === true
      ? identities.flatMap((identity, index) => (findSame(identities, identity) < index ? [index] : []))
      : [];
  return [
    ...(minItems !== undefined && items.length < minItems
      ? [invalidValue(items.length, `${at} in body should have at least ${minItems} items`, at)]
      : []),
    ...(maxItems !== undefined && items.length > maxItems ? [tooMany(items.length, maxItems, at)] : []),
    ...repeated.map((index) => ({
      reason: 'FieldValueDuplicate',
      field: `${at}[${index}]`,
      message: `Duplicate value: ${JSON.stringify(items[index])}`,
    })),
    ...(itemSchema === undefined
      ? []
      : items.flatMap((item, index) => validateValue(item, itemSchema, `${at}[${index}]`))),
  ];
}

function findSame(values: readonly Json[], value: Json): number {
  return values.findIndex((each) => isSameJson(each, value));
}

/** `allOf`, `anyOf`, `oneOf` and `not`: they only judge values, and say so in few words. */
function validateCombinations(value: Json, schema: StructuralSchema, at: string): Cause[] {
  const { allOf = [], anyOf, oneOf, not } = schema;
  const fits = (each: StructuralSchema): boolean => validateValue(value, each, at).length === 0;
  const place = at === '' ? '<nil>' : at;
  return [
    ...allOf.flatMap((each) => validateValue(value, each, at)),
    ...(anyOf !== undefined && !anyOf.some(fits)
      ? [invalidValue(value, `${place} in body must validate at least one schema (anyOf)`, at)]
      : []),
    ...(oneOf !== undefined && oneOf.filter(fits).length !== 1
      ? [invalidValue(value, `${place} in body must validate one and only one schema (oneOf)`, at)]
      : []),
    ...(not !== undefined && fits(not)
      ? [invalidValue(value, `${place} in body must not validate the schema (not)`, at)]
      : []),
  ];
}

function isOfType(value: Json, type: NonNullable<StructuralSchema['type']>): boolean {
  switch (type) {
    case 'object':
      return isJsonObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === type;
    default:
      return type satisfies never;
  }
}

/** Types as Go's validation names them. */
function typeNameOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function wrongType(value: Json, type: string, at: string): Cause {
  const found = typeNameOf(value);
  return {
    reason: 'FieldValueTypeInvalid',
    field: at === '' ? '<nil>' : at,
    message: `Invalid value: "${found}": ${at} in body must be of type ${type}: "${found}"`,
  };
}

function unsupported(value: Json, allowed: readonly Json[], at: string): Cause {
  const values = allowed.map((each) => JSON.stringify(each)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    field: at,
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}`,
  };
}

function tooMany(found: number, max: number, at: string): Cause {
  return {
    reason: 'FieldValueTooMany',
    field: at,
    message: `Too many: ${found}: must have at most ${max} items`,
  };
}

function invalidValue(value: Json, why: string, at: string): Cause {
  const shown = isJsonObject(value) ? '"object"' : JSON.stringify(value);
  return { reason: 'FieldValueInvalid', field: at, message: `Invalid value: ${shown}: ${why}` };
}

function join(at: string, field: string): string {
  return at === '' ? field : `${at}.${field}`;
}
