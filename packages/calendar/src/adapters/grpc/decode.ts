import { fromBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { CallError } from './call-errors.ts';

/** What is unknown in a request is neither kept nor sent on. */
const OPTIONS = { readUnknownFields: false };

/**
 * Decodes a request.
 * @throws CallError `invalid_request` for what is no such message: cut short, a wrong wire type, text
 * that is not UTF-8.
 */
export function decode<Desc extends DescMessage>(schema: Desc, bytes: Uint8Array): MessageShape<Desc> {
  try {
    return fromBinary(schema, bytes, OPTIONS);
  } catch (error) {
    throw new CallError(
      'invalid_request',
      `the request is no ${schema.typeName}: its ${bytes.length} bytes cannot be decoded; allowed is protobuf with UTF-8 text`,
      { cause: error },
    );
  }
}
