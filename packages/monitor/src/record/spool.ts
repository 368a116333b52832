import type { Finding } from './finding.ts';

/**
 * Keeps findings while the database is away, in the order in which they came, and no more than a bounded number of
 * bytes. One process has it at a time.
 */
export interface Spool extends AsyncDisposable {
  /**
   * Keeps findings; when it resolves they survive a crash.
   * @returns how many were kept, from the first on: for the others there was no room.
   */
  append(findings: readonly Finding[]): Promise<number>;
  /** The oldest ones, at most so many; fewer only where they are large, and none only where there is none. */
  peek(limit: number): Promise<readonly Finding[]>;
  /** Forgets the oldest ones, which `peek` has shown. After a crash some of them may be there again. */
  drop(count: number): Promise<void>;
  usage(): { readonly findings: number; readonly bytes: number };
}
