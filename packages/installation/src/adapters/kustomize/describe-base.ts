import type { Daywatch } from '../../resources/daywatch.ts';
import { daywatchSpecSchema } from '../../resources/daywatch.ts';
import { API_VERSION } from '../../resources/group.ts';
import { applyDefaults } from '../../schema/apply-defaults.ts';
import type { DescribeOptions } from '../../objects/scope.ts';

/** The name of the installation: the names of all objects begin with it. */
export const NAME = 'daywatch';

/** As kustomize keeps them, there is nobody to look after the objects. */
export const OPTIONS: DescribeOptions = { managedBy: 'kustomize' };

/** What the base is described from: a database and a broker that are somebody else's. */
export function describeBase(version: string): Daywatch {
  return complete({
    version,
    database: { secretName: `${NAME}-database` },
    broker: { secretName: `${NAME}-broker` },
  });
}

/** What the folders `database` and `broker` are described from: both are made. */
export function describeStoresOf(version: string): Daywatch {
  return complete({ version, database: { managed: {} }, broker: { managed: {} } });
}

function complete(spec: unknown): Daywatch {
  return {
    apiVersion: API_VERSION,
    kind: 'Daywatch',
    metadata: { name: NAME },
    spec: applyDefaults(daywatchSpecSchema.json, spec) as Daywatch['spec'],
  };
}
