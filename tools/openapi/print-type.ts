/** A JSON Schema as OpenAPI 3.1 has it; as much of it as is read. */
export interface ApiSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly ApiSchema[];
  readonly oneOf?: readonly ApiSchema[];
  readonly allOf?: readonly ApiSchema[];
  readonly items?: ApiSchema;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ApiSchema;
}

/**
 * Prints a schema as a TypeScript type.
 * @throws Error for a kind of schema that nobody here has met: better no types than wrong ones.
 */
export function printType(schema: ApiSchema): string {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/components/schemas/', '');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return union.map(printType).join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => `(${printType(part)})`).join(' & ');
  if (typeof schema.type === 'object') {
    return schema.type.map((type) => printType({ ...schema, type })).join(' | ');
  }
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `readonly (${printType(schema.items ?? {})})[]`;
    case 'object':
      return printObject(schema);
    case undefined:
      return 'unknown';
    default:
      throw new Error(`a schema of the type '${schema.type}' cannot be printed; allowed are those of JSON`);
  }
}

function printObject({ properties, required = [], additionalProperties }: ApiSchema): string {
  const fields = Object.entries(properties ?? {}).map(
    ([name, schema]) => `readonly ${name}${required.includes(name) ? '' : '?'}: ${printType(schema)}`,
  );
  if (fields.length > 0) return `{ ${fields.join('; ')} }`;
  const values = typeof additionalProperties === 'object' ? printType(additionalProperties) : 'unknown';
  return `{ readonly [key: string]: ${values} }`;
}
