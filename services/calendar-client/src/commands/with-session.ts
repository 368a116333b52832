import type { Command } from 'commander';
import { openSession, type Session } from '../session.ts';
import type { GlobalOptions } from '../settings.ts';
import type { Surroundings } from '../surroundings.ts';

/** Runs the work of a command with a connection, and closes it. */
export type WithSession = (command: Command, work: (session: Session) => Promise<void>) => Promise<void>;

export function createWithSession(surroundings: Surroundings): WithSession {
  return async (command, work) => {
    const session = await openSession(command.optsWithGlobals<GlobalOptions>(), surroundings);
    try {
      await work(session);
    } finally {
      session.api.close();
    }
  };
}

/** For options that may be given more than once. */
export function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
