import { describe, expect, it } from 'vitest';
import { printType } from './print-type.ts';

describe('printType', () => {
  it.each([
    [{ $ref: '#/components/schemas/Event' }, 'Event'],
    [{ enum: ['a', 'b'] }, '"a" | "b"'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
    [{ type: ['integer', 'null'] }, 'number | null'],
    [{ type: 'array', items: { type: 'boolean' } }, 'readonly (boolean)[]'],
    [
      { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] },
      '{ readonly a: string; readonly b?: unknown }',
    ],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ readonly [key: string]: number }'],
  ])('should print %j as %s', (schema, type) => {
    expect(printType(schema)).toBe(type);
  });

  it('should refuse what it does not know', () => {
    expect(() => printType({ type: 'date' })).toThrow("'date' cannot be printed");
  });
});
