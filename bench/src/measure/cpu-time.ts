import { readFileSync } from 'node:fs';

/** CPU seconds that a process has used so far, user and system, all threads (proc(5), stat). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name, in parentheses, may hold spaces: count fields from after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

/** USER_HZ, which Linux keeps at 100 on every architecture that Node runs on. */
const CLOCK_TICKS = 100;
