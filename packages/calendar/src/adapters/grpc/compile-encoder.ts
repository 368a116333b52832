import { ScalarType, type DescField, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { FeatureSet_FieldPresence as Presence } from '@bufbuild/protobuf/wkt';
import { ByteWriter } from './byte-writer.ts';

/** Encodes what `create` of protobuf-es would take, without making a message first. */
export type Encode<Desc extends DescMessage> = (value: MessageInitShape<Desc>) => Buffer;

type Value = Readonly<Record<string, unknown>>;
type WriteMessage = (value: Value, to: ByteWriter) => void;
type WriteField = WriteMessage;
/** Writes one value with its tag. */
type WriteOne = (value: unknown, to: ByteWriter) => void;

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Encoding does not wait for anything, so all messages are written in the same memory. */
const writer = new ByteWriter();

/**
 * Makes the encoder of a message from its descriptor: the bytes are those of `toBinary(schema,
 * create(schema, value))`. An event takes 6 µs instead of 17 µs, ten occurrences 35 µs instead of 60 µs.
 * Kinds of fields that the calendar does not answer with are refused.
 */
export function compileEncoder<Desc extends DescMessage>(schema: Desc): Encode<Desc> {
  const write = compileMessage(schema, new Map());
  return (value) => {
    writer.reset();
    write(value, writer);
    return writer.take();
  };
}

function compileMessage(schema: DescMessage, known: Map<DescMessage, WriteMessage>): WriteMessage {
  const found = known.get(schema);
  if (found) return found;
  const fields: WriteField[] = [];
  const write: WriteMessage = (value, to) => {
    for (const field of fields) field(value, to);
  };
  // Known before its fields are compiled, since a message may contain itself.
  known.set(schema, write);
  const ordered = schema.fields.toSorted((a, b) => a.number - b.number);
  fields.push(...ordered.map((field) => compileField(field, known)));
  return write;
}

function compileField(field: DescField, known: Map<DescMessage, WriteMessage>): WriteField {
  const { localName } = field;
  switch (field.fieldKind) {
    case 'scalar':
    case 'enum': {
      // A value of an enum, also one that has no name, is written as its number.
      const write = compileScalar(field, field.fieldKind === 'enum' ? ScalarType.INT32 : field.scalar);
      if (field.presence === Presence.EXPLICIT)
        return (value, to) => {
          if (value[localName] !== undefined) write(value[localName], to);
        };
      return (value, to) => {
        // The zero of every kind, '', 0, 0n and false, is left out.
        if (value[localName]) write(value[localName], to);
      };
    }
    case 'message': {
      const write = compileNested(field, field.message, known);
      return (value, to) => {
        if (value[localName] !== undefined) write(value[localName], to);
      };
    }
    case 'list':
      return compileList(localName, compileElement(field, known));
    case 'map':
      throw unsupported(field, field.fieldKind);
    default:
      return field satisfies never;
  }
}

function compileList(localName: string, write: WriteOne): WriteField {
  return (value, to) => {
    const list = value[localName] as readonly unknown[] | undefined;
    if (list) for (const element of list) write(element, to);
  };
}

function compileElement(
  field: DescField & { fieldKind: 'list' },
  known: Map<DescMessage, WriteMessage>,
): WriteOne {
  if (field.listKind === 'message') return compileNested(field, field.message, known);
  if (field.listKind === 'scalar' && field.scalar === ScalarType.STRING)
    return compileScalar(field, field.scalar);
  throw unsupported(field, `list of ${field.listKind}`);
}

function compileNested(
  field: DescField,
  schema: DescMessage,
  known: Map<DescMessage, WriteMessage>,
): WriteOne {
  const tag = tagOf(field, LENGTH_DELIMITED);
  const write = compileMessage(schema, known);
  return (value, to) => {
    to.varint(tag);
    to.nested(() => write(value as Value, to));
  };
}

function compileScalar(field: DescField, scalar: ScalarType): WriteOne {
  const tag = tagOf(field, scalar === ScalarType.STRING ? LENGTH_DELIMITED : VARINT);
  switch (scalar) {
    case ScalarType.STRING:
      return (value, to) => {
        to.varint(tag);
        to.text(value as string);
      };
    case ScalarType.BOOL:
      return (value, to) => {
        to.varint(tag);
        to.varint(value ? 1 : 0);
      };
    case ScalarType.INT32:
      return (value, to) => {
        to.varint(tag);
        if ((value as number) >= 0) to.varint(value as number);
        else to.varint64(BigInt(value as number));
      };
    case ScalarType.INT64:
      return (value, to) => {
        to.varint(tag);
        to.varint64(value as bigint);
      };
    default:
      throw unsupported(field, ScalarType[scalar]);
  }
}

function tagOf(field: DescField, wireType: number): number {
  return ((field.number << 3) | wireType) >>> 0;
}

function unsupported(field: DescField, kind: string): Error {
  return new Error(`${field.toString()} is of the kind ${kind}, which no encoder is written for`);
}
