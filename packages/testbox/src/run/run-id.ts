/**
 * The name of a run. It says whose it is, so that another one can tell whether that process is still alive:
 * machine, boot, process id and the process's start, and a random number, all in lower case.
 */
export interface RunOwner {
  /** A hash of the machine's name and its process namespace: process ids mean nothing beyond it. */
  readonly machine: string;
  /** A hash of the boot: no process outlives it. */
  readonly boot: string;
  readonly pid: number;
  /** Process ids come round: the start tells two apart. */
  readonly pidStart: number;
}

const RUN_ID = /^([0-9a-f]{8})-([0-9a-f]{8})-(\d+)-(\d+)-([0-9a-z]+)$/;

export function formatRunId({ machine, boot, pid, pidStart }: RunOwner, random: string): string {
  return `${machine}-${boot}-${pid}-${pidStart}-${random}`;
}

/** undefined for what is no name of a run, such as that of a later version. */
export function parseRunId(runId: string): RunOwner | undefined {
  const [, machine, boot, pid, pidStart] = RUN_ID.exec(runId) ?? [];
  if (machine === undefined || boot === undefined) return undefined;
  return { machine, boot, pid: Number(pid), pidStart: Number(pidStart) };
}

/** The machine as far as runs must know it. */
export interface Machine {
  readonly machine: string;
  readonly boot: string;
  /** When the process started; undefined where there is none of that id. */
  readonly startOf: (pid: number) => number | undefined;
}

/** `elsewhere`: another machine's, of which nobody here knows whether it still runs. */
export function stateOfRun(runId: string, here: Machine): 'alive' | 'dead' | 'elsewhere' {
  const owner = parseRunId(runId);
  if (owner === undefined || owner.machine !== here.machine) return 'elsewhere';
  // The machine has been started anew since.
  if (owner.boot !== here.boot) return 'dead';
  return here.startOf(owner.pid) === owner.pidStart ? 'alive' : 'dead';
}
