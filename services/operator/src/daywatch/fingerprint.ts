import { createHash } from 'node:crypto';

/** The same for the same content. What is described in another order counts as another: the same code describes it. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
