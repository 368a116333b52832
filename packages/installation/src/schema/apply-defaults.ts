import type { JsonSchema } from './schema.ts';

/**
 * What the API server keeps of `value`: missing fields get their defaults, from the outside in, so that a default may
 * have defaults within. It judges nothing.
 */
export function applyDefaults(schema: JsonSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => applyDefaults(items, item));
  }
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = { ...given };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const field = given[name] ?? property.default;
    if (field !== undefined) result[name] = applyDefaults(property, field);
  }
  const { additionalProperties } = schema;
  if (additionalProperties !== undefined) {
    for (const [name, field] of Object.entries(given)) {
      result[name] = applyDefaults(additionalProperties, field);
    }
  }
  return result;
}
