import type { Caller } from '../check/caller.ts';
import type { ContainerEngine } from '../engine/container-engine.ts';
import type { Machine } from './run-id.ts';
import type { OnEvent } from './run-event.ts';

/** What a run needs from outside. */
export interface RunParts {
  readonly engine: ContainerEngine;
  readonly caller: Caller;
  readonly folder: WorkingFolder;
  readonly machine: Machine;
  readonly onEvent: OnEvent;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The folder that the paths of a test file start from. */
export interface WorkingFolder {
  /** The absolute path. */
  readonly resolve: (path: string) => string;
  /** Where the Dockerfile lies, whether it or its folder is named, and its folder. @throws TestboxError `unreadable_file` */
  readonly findDockerfile: (path: string) => Promise<{ readonly file: string; readonly folder: string }>;
  /** @throws TestboxError `unreadable_file` */
  readonly read: (path: string) => Promise<Uint8Array>;
}

export interface RunOptions {
  /** The name of the run; see `formatRunId`. */
  readonly runId: string;
  /** The random number in the names of what this run makes. */
  readonly number: number;
  /** Whether everything stays for a look. */
  readonly isKept: boolean;
}
