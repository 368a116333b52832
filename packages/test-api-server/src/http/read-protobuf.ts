import { ApiError } from '../object/api-error.ts';
import type { Json, JsonObject } from '../object/kube-object.ts';

export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

/** The fields that are read here, by their numbers in the generated.proto files of Kubernetes. */
const UNKNOWN = { typeMeta: 1, raw: 2 } as const;
const TYPE_META = { apiVersion: 1, kind: 2 } as const;
const METADATA = 1;
const SECRET = { data: 2, type: 3 } as const;
const OBJECT_META = { name: 1, namespace: 3 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const MAGIC_LENGTH = 4;

/**
 * Reads what `kubectl create secret` and `kubectl create namespace` send, which is no JSON.
 *
 * @throws ApiError 415 for any other kind
 */
export function readProtobuf(body: Buffer): Json {
  const unknown = readFields(body.subarray(MAGIC_LENGTH));
  const typeMeta = readFields(unknown.get(UNKNOWN.typeMeta)?.[0]);
  const kind = textOf(typeMeta, TYPE_META.kind);
  if (kind !== 'Secret' && kind !== 'Namespace')
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `this test server reads ${kind} from JSON and YAML alone`,
    );
  const object = readFields(unknown.get(UNKNOWN.raw)?.[0]);
  const metadata = readFields(object.get(METADATA)?.[0]);
  const namespace = textOf(metadata, OBJECT_META.namespace);
  return {
    apiVersion: textOf(typeMeta, TYPE_META.apiVersion),
    kind,
    metadata: { name: textOf(metadata, OBJECT_META.name), ...(namespace !== '' && { namespace }) },
    ...(kind === 'Secret' && readSecret(object)),
  };
}

function readSecret(secret: Fields): JsonObject {
  const data = (secret.get(SECRET.data) ?? []).map((bytes) => {
    const entry = readFields(bytes);
    return [textOf(entry, ENTRY.key), (entry.get(ENTRY.value)?.[0] ?? Buffer.of()).toString('base64')];
  });
  const type = textOf(secret, SECRET.type);
  return { data: Object.fromEntries(data) as Record<string, string>, ...(type !== '' && { type }) };
}

type Fields = ReadonlyMap<number, readonly Buffer[]>;

function textOf(fields: Fields, number: number): string {
  return fields.get(number)?.[0]?.toString() ?? '';
}

/** Texts, bytes and messages by their numbers; numbers are passed over. */
function readFields(bytes: Buffer = Buffer.of()): Fields {
  const fields = new Map<number, Buffer[]>();
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = readVarint();
    const lengthOrValue = readVarint();
    if ((tag & 7) !== 2) continue;
    const number = tag >>> 3;
    fields.set(number, [...(fields.get(number) ?? []), bytes.subarray(at, at + lengthOrValue)]);
    at += lengthOrValue;
  }
  return fields;
}
