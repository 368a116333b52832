import type { Cause } from '../object/api-error.ts';
import type { StructuralSchema } from './structural-schema.ts';

export function validateString(value: string, schema: StructuralSchema, at: string): Cause[] {
  const { minLength, maxLength, pattern, format } = schema;
  // Characters are code points here, as Go counts them.
  const { length } = Array.from(value);
  const fault = (why: string): Cause => invalid(JSON.stringify(value), `${at} in body ${why}`, at);
  return [
    ...(minLength !== undefined && length < minLength
      ? [fault(`should be at least ${minLength} chars long`)]
      : []),
    ...(maxLength !== undefined && length > maxLength
      ? [
          {
            reason: 'FieldValueTooLong',
            field: at,
            message: `Too long: may not be more than ${maxLength} bytes`,
          },
        ]
      : []),
    ...(pattern !== undefined && !new RegExp(pattern, 'u').test(value)
      ? [fault(`should match '${pattern}'`)]
      : []),
    ...(format !== undefined && FORMATS[format]?.(value) === false
      ? [fault(`must be of type ${format}: ${JSON.stringify(value)}`)]
      : []),
  ];
}

export function validateNumber(value: number, schema: StructuralSchema, at: string): Cause[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  const fault = (why: string): Cause => invalid(String(value), `${at} in body ${why}`, at);
  const isBelow = minimum !== undefined && (exclusiveMinimum === true ? value <= minimum : value < minimum);
  const isAbove = maximum !== undefined && (exclusiveMaximum === true ? value >= maximum : value > maximum);
  return [
    ...(isBelow
      ? [fault(`should be greater than ${exclusiveMinimum === true ? '' : 'or equal to '}${minimum}`)]
      : []),
    ...(isAbove
      ? [fault(`should be less than ${exclusiveMaximum === true ? '' : 'or equal to '}${maximum}`)]
      : []),
    ...(multipleOf !== undefined && value % multipleOf !== 0
      ? [fault(`should be a multiple of ${multipleOf}`)]
      : []),
    ...(format === 'int32' && (value < -(2 ** 31) || value >= 2 ** 31)
      ? [fault(`must be of type int32: "${value}"`)]
      : []),
  ];
}

const FORMATS: Readonly<Record<string, (value: string) => boolean>> = {
  uri: (value) => URL.canParse(value),
  'date-time': (value) =>
    /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
  duration: (value) => /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(value) || value === '0',
  uuid: (value) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
};

function invalid(value: string, why: string, at: string): Cause {
  return { reason: 'FieldValueInvalid', field: at, message: `Invalid value: ${value}: ${why}` };
}
