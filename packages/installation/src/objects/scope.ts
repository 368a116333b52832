import type { Labels, ObjectMeta } from '../kubernetes/index.ts';
import { PARTS, type Part } from '../part/part.ts';
import type { Daywatch, DaywatchSpec } from '../resources/daywatch.ts';
import type { PartSpec } from '../resources/daywatch-fields.ts';

/** One target in the words of the checker's configuration: what stands in its list `targets:`. */
export type TargetEntry = Readonly<Record<string, unknown>> & { readonly name: string };

export interface DescribeOptions {
  /** Who keeps the objects as they are, in the label `app.kubernetes.io/managed-by`. */
  readonly managedBy: string;
  /** What the checker watches beside the targets of its configuration. */
  readonly targets?: readonly TargetEntry[];
  /** The version to describe, by default that of the specification: during an upgrade there are two. */
  readonly version?: string;
}

/** What every object of one installation is made from. */
export interface Scope {
  readonly name: string;
  readonly namespace?: string;
  readonly spec: DaywatchSpec;
  readonly version: string;
  readonly managedBy: string;
  readonly targets: readonly TargetEntry[];
}

export function createScope(daywatch: Daywatch, options: DescribeOptions): Scope {
  const { name, namespace } = daywatch.metadata;
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    spec: daywatch.spec,
    version: options.version ?? daywatch.spec.version,
    managedBy: options.managedBy,
    targets: options.targets ?? [],
  };
}

/** The name of the objects of one component: `daywatch-calendar-api`. */
export function nameObject(scope: Scope, component: string): string {
  return `${scope.name}-${component}`;
}

/** The marks of pods that call the database or the broker: the network policies go by them. */
export const USES_DATABASE = 'daywatch.dev/uses-database';
export const USES_BROKER = 'daywatch.dev/uses-broker';

/** What selects all pods of an installation with a mark. */
export function markLabels(scope: Scope, mark: string): Labels {
  return { 'app.kubernetes.io/instance': scope.name, [mark]: 'true' };
}

/** What selects the pods of one component. It can never change, so that the version is not in it. */
export function selectorLabels(scope: Scope, component: string): Labels {
  return {
    'app.kubernetes.io/name': 'daywatch',
    'app.kubernetes.io/instance': scope.name,
    'app.kubernetes.io/component': component,
  };
}

export function allLabels(scope: Scope, component: string): Labels {
  return {
    ...selectorLabels(scope, component),
    'app.kubernetes.io/part-of': 'daywatch',
    'app.kubernetes.io/managed-by': scope.managedBy,
  };
}

export function objectMeta(
  scope: Scope,
  component: string,
  name: string = nameObject(scope, component),
): ObjectMeta {
  const { namespace } = scope;
  return { name, ...(namespace === undefined ? {} : { namespace }), labels: allLabels(scope, component) };
}

/** The parts that this installation has, in the order of an upgrade. */
export function enabledParts(scope: Scope): readonly Part[] {
  return PARTS.filter(({ name }) => scope.spec.parts[name].enabled);
}

export function partSpec(scope: Scope, part: Part): PartSpec {
  return scope.spec.parts[part.name];
}

export function countReplicas(scope: Scope, part: Part): number {
  return partSpec(scope, part).replicas ?? scope.spec.replicas;
}
