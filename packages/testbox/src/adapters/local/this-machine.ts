import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Machine, RunOwner } from '../../run/run-id.ts';

/** This machine and this process, as runs know them. Without /proc, a process that exists counts as the same one. */
export function readThisMachine(): Machine & { readonly self: RunOwner } {
  // Two containers may have one name, and process ids of one mean nothing in the other.
  const processes = attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '';
  const machine = hash(`${hostname()} ${processes}`);
  const boot = hash(attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) ?? '');
  const self = { machine, boot, pid: process.pid, pidStart: startOf(process.pid) ?? 0 };
  return { machine, boot, startOf, self };
}

/** When a process started, in ticks since the boot; undefined where there is none. */
function startOf(pid: number): number | undefined {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name before the other fields may hold anything, brackets too.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended, and waits only for its parent to hear of it.
  if (fields?.[0] === 'Z') return undefined;
  if (fields !== undefined) return Number(fields[19]);
  if (process.platform === 'linux') return undefined;
  return attempt(() => (process.kill(pid, 0) ? 0 : undefined));
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
