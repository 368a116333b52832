import type { OutgoingMessage, Verdict } from '../../src/index.ts';

export const DONE: Verdict = { kind: 'done' };

/** `m-0` with `body 0`, `m-1` with `body 1`, … */
export function messagesOf(count: number, prefix = 'm'): readonly OutgoingMessage[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${prefix}-${at}`,
    body: Buffer.from(`body ${at}`),
  }));
}

export function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString();
}

export function never(): never {
  throw new Error('it must not come to this');
}
