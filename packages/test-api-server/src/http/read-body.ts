import type { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { ApiError, badRequest } from '../object/api-error.ts';
import { PROTOBUF_TYPE, readProtobuf } from './read-protobuf.ts';
import type { Json } from '../object/kube-object.ts';

/** As the real server's. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;

/** The body, parsed as JSON or YAML; undefined where there is none. @throws ApiError 400, 413, 415 */
export async function readBody(message: IncomingMessage): Promise<Json | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of message as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MAX_BODY_BYTES)
      throw new ApiError(413, 'RequestEntityTooLarge', `limit is ${MAX_BODY_BYTES}`);
    pieces.push(piece);
  }
  if (length === 0) return undefined;
  const type = message.headers['content-type'] ?? '';
  if (type.startsWith(PROTOBUF_TYPE)) return readProtobuf(Buffer.concat(pieces));
  const text = Buffer.concat(pieces).toString();
  const isYaml = /yaml/.test(type) && !text.startsWith('{');
  try {
    return (isYaml ? parseYaml(text) : JSON.parse(text)) as Json;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw badRequest(`the object provided is unrecognized: ${why}`);
  }
}
