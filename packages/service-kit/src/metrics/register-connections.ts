import type { Registry } from 'prom-client';
import { registerMetric } from './register-metric.ts';

/** How the connections of a database are used, by state. */
export interface ConnectionUsage {
  readonly usage: () => Readonly<Record<string, number>>;
}

/** Adds `database_connections{state}`: connections that are open or idle, and callers that wait for one. */
export function registerConnections(registry: Registry, database: ConnectionUsage): void {
  registerMetric(registry, {
    name: 'database_connections',
    help: 'Connections to the database, and callers that wait for one.',
    type: 'gauge',
    collect: () => Object.entries(database.usage()).map(([state, value]) => ({ labels: { state }, value })),
  });
}
