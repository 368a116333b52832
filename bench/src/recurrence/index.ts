import { benchFarFuture } from './bench-far-future.ts';
import { benchHostile } from './bench-hostile.ts';
import { benchMillion } from './bench-million.ts';
import { benchColdProcess, benchFreshRule, benchFreshZone } from './bench-month.ts';

/** One measured comparison; times are for the whole task. */
export interface RecurrenceResult {
  readonly task: string;
  readonly oursMs: number;
  /** By the peer's name; absent where the peer cannot do the task. */
  readonly peersMs: Readonly<Record<string, number>>;
  /** What is aimed at and what was reached, in words. */
  readonly aim: string;
  readonly reached: string;
}

const HOSTILE_RULES = 2000;

/** Runs the recurrence benchmarks beside `rrule` and `rrule-temporal` and prints them with their ratios. */
export function benchRecurrence(print: (line: string) => void = console.log): void {
  const tasks = [
    benchFreshRule,
    benchFreshZone,
    () => benchColdProcess('intl-up'),
    () => benchColdProcess('nothing-up'),
    benchFarFuture,
    benchMillion,
  ];
  for (const run of tasks) {
    const { task, oursMs, peersMs, aim, reached } = run();
    print(task);
    print(`  ours            ${oursMs.toFixed(3).padStart(12)} ms`);
    for (const [peer, ms] of Object.entries(peersMs)) {
      print(`  ${peer.padEnd(15)} ${ms.toFixed(3).padStart(12)} ms   ${(ms / oursMs).toFixed(1)} times ours`);
    }
    print(`  aim: ${aim}; reached: ${reached}`);
  }
  print(`hostile rules, the slowest call of each kind in CPU time; aim: at most 10 ms`);
  for (const { query, worstMs, calls, refused, rule } of benchHostile(HOSTILE_RULES)) {
    const text = rule.length > 100 ? `${rule.slice(0, 100)}… (${rule.length} characters)` : rule;
    print(
      `  ${query.padEnd(24)} ${worstMs.toFixed(2).padStart(6)} ms of ${calls} (${refused} refused): ${text}`,
    );
  }
}
