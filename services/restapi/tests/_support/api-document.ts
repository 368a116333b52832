import { z } from 'zod';

export interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

interface DocumentText {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The documentation that a server serves, and what holds answers to it. */
export interface ApiDocument extends DocumentText {
  /** @throws Error where the documentation does not describe the answer. */
  readonly check: (method: string, path: string, status: number, body: unknown) => void;
}

export async function readDocument(origin: string): Promise<ApiDocument> {
  const document = (await (await fetch(`${origin}/openapi.json`)).json()) as DocumentText;
  const readers = new Map<Schema, z.ZodType>();
  const readerOf = (schema: Schema): z.ZodType => {
    const known = readers.get(schema);
    if (known) return known;
    const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
    const reader = z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
    readers.set(schema, reader);
    return reader;
  };
  return {
    ...document,
    check(method, path, status, body) {
      const where = path.replace(/\?.*$/s, '');
      const operation = document.paths[where]?.[method];
      // What is at no path of the documentation can only be an error.
      const schema = operation
        ? operation.responses[status]?.content?.['application/json']?.schema
        : document.components.schemas['Error'];
      if (operation && !operation.responses[status]) {
        throw new Error(
          `${method} ${path} answered ${status}, which is not documented: ${JSON.stringify(body)}`,
        );
      }
      if (schema === undefined) {
        if (body !== undefined)
          throw new Error(`${method} ${path} answered ${status} with a body that is not documented`);
        return;
      }
      const { error } = readerOf(schema).safeParse(body);
      if (error)
        throw new Error(`${method} ${path} answered ${status} otherwise than documented: ${error.message}`);
    },
  };
}
