import { create, ScalarType, toBinary, type DescField, type DescMessage } from '@bufbuild/protobuf';
import { CalendarService, EventSchema, ListOccurrencesResponseSchema } from '@daywatch/protocol/calendar';
import { BadRequestSchema, ErrorInfoSchema } from '@daywatch/protocol/rpc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEncoder } from './compile-encoder.ts';

/** Every message that a method answers with. */
const ANSWERS = [...new Set<DescMessage>(CalendarService.methods.map(({ output }) => output))];

describe('compileEncoder', () => {
  it.each(ANSWERS.map((schema) => [schema.typeName, schema] as const))(
    'should write the very bytes that protobuf-es writes: %s',
    (_name, schema) => {
      const encode = compileEncoder(schema);
      fc.assert(
        fc.property(anyMessage(schema), (value) => {
          const expected = toBinary(schema, create(schema, value));
          expect(Buffer.from(encode(value))).toEqual(Buffer.from(expected));
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each([0, 1, 126, 127, 128, 129, 16_383, 16_384, 70_000, 3_000_000])(
    'should get the lengths right around %i bytes of nested text',
    (length) => {
      const value = { occurrences: [{ title: 'x'.repeat(length) }, { title: 'é'.repeat(length / 2) }] };

      const bytes = compileEncoder(ListOccurrencesResponseSchema)(value);

      const expected = toBinary(ListOccurrencesResponseSchema, create(ListOccurrencesResponseSchema, value));
      expect(Buffer.compare(bytes, expected)).toBe(0);
    },
  );

  it('should give bytes that the next message does not change', () => {
    const encode = compileEncoder(EventSchema);

    const first = encode({ title: 'first' });
    const copy = Buffer.from(first);
    encode({ title: 'other' });

    expect(first).toEqual(copy);
  });

  it('should refuse a kind of field that it does not know, when it is made', () => {
    expect(() => compileEncoder(ErrorInfoSchema)).toThrow(/metadata is of the kind map/);
    expect(() => compileEncoder(BadRequestSchema)).not.toThrow();
  });
});

function anyMessage(schema: DescMessage): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(schema.fields.map((field) => [field.localName, anyValue(field)]));
  return fc.record(fields, { requiredKeys: [] });
}

const anyText = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ minLength: 100, maxLength: 300 }),
);

function anyValue(field: DescField): fc.Arbitrary<unknown> {
  if (field.fieldKind === 'enum') return fc.integer();
  if (field.fieldKind === 'message') return anyMessage(field.message);
  if (field.fieldKind === 'list') {
    const element: fc.Arbitrary<unknown> = field.listKind === 'message' ? anyMessage(field.message) : anyText;
    return fc.array(element, { maxLength: 4 });
  }
  switch (field.fieldKind === 'scalar' ? field.scalar : undefined) {
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.INT32:
      return fc.integer();
    case ScalarType.INT64:
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    default:
      return anyText;
  }
}
