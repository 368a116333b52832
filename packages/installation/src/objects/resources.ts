import type { Quantities, ResourceRequirements } from '../kubernetes/index.ts';
import type { Resources } from '../resources/daywatch-fields.ts';

/** What a part gets that says nothing else. */
export const PART_RESOURCES: ResourceRequirements = {
  requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
  limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '256Mi' },
};

/** The checker keeps what it has read on the disk while the database is away: see spool.size. */
export const CHECKER_RESOURCES: ResourceRequirements = {
  requests: { ...PART_RESOURCES.requests, 'ephemeral-storage': '640Mi' },
  limits: { ...PART_RESOURCES.limits, 'ephemeral-storage': '1Gi' },
};

export const STORE_RESOURCES: ResourceRequirements = {
  requests: { cpu: '100m', memory: '512Mi', 'ephemeral-storage': '64Mi' },
  limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '512Mi' },
};

export function chooseResources(byDefault: ResourceRequirements, wanted: Resources): ResourceRequirements {
  return {
    requests: { ...byDefault.requests, ...toQuantities(wanted.requests) },
    limits: { ...byDefault.limits, ...toQuantities(wanted.limits) },
  };
}

function toQuantities(given: Readonly<Record<string, number | string>>): Quantities {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}
