import { setFlagsFromString } from 'node:v8';

/** How far the heap may grow beyond what was alive at the last mark, before it is marked again. */
const GROWTH_PERCENT = 30;

/**
 * For a process that makes much that is gone at once, and keeps little: called first of all.
 *
 * V8 marks the whole heap each time that 64 MiB outside of it were taken since the last time, however much is there
 * already. Texts that are read lie outside, so that a hundred targets of a checker make it do so all the time. With this,
 * what is outside counts towards the limit that grows with the heap. That limit is kept near to what is alive: what a
 * checker takes for a moment when it seals a hundred targets at once, or an operator when it lists what a cluster has,
 * could by V8's own measure lie about for minutes. A version of V8 that does not know these goes on as before.
 */
export function tuneHeap(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit');
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
