import type { TestResult } from '../check/test-result.ts';
import type { RunState } from './run-state.ts';

/** What a person may want to see while a run goes on. */
export type RunEvent =
  | { readonly kind: 'state'; readonly state: RunState }
  /** Leftovers of runs that were killed have been removed. */
  | { readonly kind: 'swept'; readonly count: number }
  | { readonly kind: 'pulling'; readonly image: string; readonly progress: string }
  | { readonly kind: 'building'; readonly name: string; readonly step: string }
  | {
      readonly kind: 'started';
      readonly name: string;
      readonly image: string;
      readonly address: string | undefined;
    }
  | { readonly kind: 'waiting'; readonly name: string; readonly condition: string }
  | { readonly kind: 'ready'; readonly name: string; readonly durationMs: number }
  | { readonly kind: 'test-started'; readonly name: string }
  | { readonly kind: 'test-ended'; readonly result: TestResult }
  | { readonly kind: 'removed'; readonly count: number }
  /** Something went wrong that does not change what comes out. */
  | { readonly kind: 'note'; readonly text: string };

export type OnEvent = (event: RunEvent) => void;
