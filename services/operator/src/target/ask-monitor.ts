import { createScope, type Daywatch } from '@daywatch/installation';
import type { Cluster } from '../cluster/cluster.ts';
import { MANAGED_BY } from '../daywatch/names.ts';
import { readSecret } from '../daywatch/observe.ts';
import type { MonitorReader, Standing, Standings } from './standing.ts';

export interface MonitorAccess {
  readonly cluster: Pick<Cluster, 'get'>;
  readonly reader: MonitorReader;
}

/** Asks the monitor of an installation how its targets stand. Never throws: what fails is an answer, too. */
export async function askMonitor(
  access: MonitorAccess,
  daywatch: Daywatch,
  signal: AbortSignal,
): Promise<Standings> {
  if (!daywatch.spec.parts.restapi.enabled) {
    return { kind: 'unknown', why: 'spec.parts.restapi.enabled of the Daywatch is false' };
  }
  try {
    const standings = await readStandings(access, daywatch, signal);
    return { kind: 'known', byName: new Map(standings.map((standing) => [standing.name, standing])) };
  } catch (error) {
    return { kind: 'unknown', why: (error as Error).message };
  }
}

async function readStandings(
  { cluster, reader }: MonitorAccess,
  daywatch: Daywatch,
  signal: AbortSignal,
): Promise<readonly Standing[]> {
  const { name, namespace = '' } = daywatch.metadata;
  const scope = createScope(daywatch, { managedBy: MANAGED_BY });
  const secretName = daywatch.spec.firstToken.secretName ?? `${scope.name}-first-token`;
  const secret = await readSecret(cluster, { namespace, name: secretName }, signal);
  const encoded = secret?.data?.['token'];
  const token = encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8').trim();
  return reader.read({ name, namespace, token, signal });
}
