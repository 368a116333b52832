import { types, type CustomTypesConfig } from 'pg';
import { decodeTimestamp } from './timestamp.ts';

/** Object ids of PostgreSQL's own types, which never change. */
const INT8 = 20;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;

/**
 * How values leave the database: instants as milliseconds since 1970 and int8 as numbers, so that no
 * hot path makes Date or BigInt objects and nothing depends on the process's time zone.
 */
export const typeParsers: CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    switch (oid) {
      case TIMESTAMPTZ:
      case TIMESTAMP:
        return decodeTimestamp;
      case INT8:
        return decodeInt8;
      default:
        return types.getTypeParser(oid, format);
    }
  },
};

function decodeInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new Error(`the database answered ${text}, which is too large for a number`);
  }
  return value;
}
