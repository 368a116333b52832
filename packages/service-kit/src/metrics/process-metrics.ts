import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry with the metrics of the process: CPU, memory, event loop, garbage collection. One for each process. */
export function createProcessRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** A registry for one part of a process; with `part`, all its samples have that label. */
export function createRegistry(labels: Readonly<Record<string, string>> = {}): Registry {
  const registry = new Registry();
  registry.setDefaultLabels(labels);
  return registry;
}
