import { Registry } from 'prom-client';

export const METRICS_CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * The text of several registries as one: a family that stands in more than one has its HELP and TYPE once.
 * Their samples must differ in a label: give each registry one of its own with `setDefaultLabels`.
 */
export async function metricsText(registries: readonly Registry[]): Promise<string> {
  const families = new Map<string, string[]>();
  for (const registry of registries) {
    for (const { name } of registry.getMetricsAsArray()) {
      const lines = (await registry.getSingleMetricAsString(name)).split('\n');
      const known = families.get(name);
      if (known) known.push(...lines.filter((line) => !line.startsWith('# ')));
      else families.set(name, lines);
    }
  }
  return `${[...families.values()].map((lines) => lines.join('\n')).join('\n')}\n`;
}
