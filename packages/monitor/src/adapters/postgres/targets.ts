import type { Postgres } from '@daywatch/service-kit/postgres';

import type { TargetBoard } from '../../target/target-board.ts';
import type { TargetLeases } from '../../target/target-leases.ts';
import { createPostgresTargetBoard } from './target-board.ts';
import { createPostgresTargetLeases } from './target-leases.ts';

/** Keeps targets in the schema `monitor`, which `migrate` has made. */
export function createPostgresTargets(db: Postgres): {
  readonly leases: TargetLeases;
  readonly board: TargetBoard;
} {
  return { leases: createPostgresTargetLeases(db), board: createPostgresTargetBoard(db) };
}
