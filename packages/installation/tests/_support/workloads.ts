import type { Container, Labels, Manifest, Pod, Selector } from './manifest.ts';

/** The pods that an object makes. */
export interface Workload {
  readonly object: Manifest;
  /** `Deployment daywatch-restapi` */
  readonly title: string;
  readonly labels: Labels;
  readonly pod: Pod;
}

export function titleOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}

export function listWorkloads(
  objects: readonly Manifest[],
  kinds: readonly string[] = ['Deployment', 'StatefulSet', 'Job'],
): readonly Workload[] {
  return objects
    .filter(({ kind }) => kinds.includes(kind))
    .map((object) => ({
      object,
      title: titleOf(object),
      labels: object.spec?.template?.metadata?.labels ?? {},
      pod: object.spec?.template?.spec ?? {},
    }));
}

export function listContainers({ pod }: Workload): readonly Container[] {
  return [...(pod.initContainers ?? []), ...(pod.containers ?? [])];
}

/** Whether a selector selects something with these labels. A selector that is there and empty selects all. */
export function selects(selector: Selector | undefined, labels: Labels): boolean {
  if (selector === undefined) return false;
  if (selector.matchExpressions !== undefined) throw new TypeError('matchExpressions are not understood here');
  return hasLabels(labels, selector.matchLabels ?? {});
}

/** A selector of a Service: labels alone, and one without any selects nothing. */
export function serviceSelects(service: Manifest, labels: Labels): boolean {
  const selector = (service.spec?.selector ?? {}) as Labels;
  return Object.keys(selector).length > 0 && hasLabels(labels, selector);
}

function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
