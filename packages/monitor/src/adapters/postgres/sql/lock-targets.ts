import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Until the end of the transaction: what is decided about targets is decided by one checker after the other. */
export const lockTargets: SqlStatement = {
  name: 'monitor.lock-targets',
  text: "SELECT pg_advisory_xact_lock(hashtext('monitor.target'))",
};
