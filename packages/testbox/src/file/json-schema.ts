import { fileShape } from './file-shape.ts';
import type { JsonSchema } from './shape.ts';

/** The JSON Schema of a test file, made from the shapes that read it. Editors complete with it. */
export function testFileSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A test file of testbox',
    ...fileShape.jsonSchema,
  };
}
