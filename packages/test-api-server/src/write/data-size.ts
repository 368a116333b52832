import type { Cause } from '../object/api-error.ts';
import { isJsonObject, toText, type Json, type KubeObject } from '../object/kube-object.ts';

const MAX_DATA_BYTES = 1024 * 1024;

/** What is in a ConfigMap or a Secret counts without its keys, and what is written in base64 as what it stands for. */
export function fitsIntoStore({ kind, data, binaryData }: KubeObject): Cause[] {
  const measure = (values: Json | undefined, encoding: BufferEncoding): number =>
    Object.values(isJsonObject(values) ? values : {}).reduce<number>(
      (sum, value) => sum + Buffer.byteLength(toText(value), encoding),
      0,
    );
  const bytes = measure(data, kind === 'Secret' ? 'base64' : 'utf8') + measure(binaryData, 'base64');
  if (bytes <= MAX_DATA_BYTES) return [];
  const message = `Too long: may not be more than ${MAX_DATA_BYTES} bytes`;
  return [{ reason: 'FieldValueTooLong', field: '[]', message }];
}
