import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Forgets the targets that no checker knows. */
export const forgetTargets: SqlStatement = {
  name: 'monitor.forget-targets',
  text: `
    DELETE FROM monitor.target t
     WHERE NOT EXISTS (SELECT FROM monitor.checker c WHERE t.id = ANY (c.targets))`,
};
