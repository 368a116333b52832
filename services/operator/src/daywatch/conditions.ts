import type { Condition } from '@daywatch/installation';
import { isSameSentence } from './same-sentence.ts';

/** What is to be said, without when it became so. */
export type Finding = Omit<Condition, 'lastTransitionTime' | 'observedGeneration'>;

/** The longest message that the schema takes; what is longer is cut off. */
const MAX_MESSAGE = 4000;

/** The conditions as they are now: the time is that of the last change of a status, as everywhere in Kubernetes. */
export function updateConditions(
  former: readonly Condition[],
  findings: readonly Finding[],
  { generation, nowMs }: { readonly generation: number; readonly nowMs: number },
): readonly Condition[] {
  return findings.map(({ type, status, reason, message }) => {
    const before = former.find((condition) => condition.type === type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : formatTime(nowMs);
    const text = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
    const isSaid =
      before?.status === status && before.reason === reason && isSameSentence(before.message, text);
    return {
      type,
      status,
      reason,
      message: isSaid ? before.message : text,
      observedGeneration: generation,
      lastTransitionTime,
    };
  });
}

/** To the second: other programs read no fractions there. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function finding(type: string, isSo: boolean | undefined, reason: string, message: string): Finding {
  const status = isSo === undefined ? 'Unknown' : isSo ? 'True' : 'False';
  return { type, status, reason, message };
}
