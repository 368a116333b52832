import type { KubeObject, ObjectMeta } from '../cluster/kube-object.ts';
import type { LivePod } from '../cluster/live-objects.ts';

/** Everything but who owns which fields, which is the larger part of many objects and is not read here. */
export function keepObject<T extends KubeObject>(object: KubeObject): T {
  const { managedFields: _, ...metadata } = object.metadata as ObjectMeta & { managedFields?: unknown };
  return { ...object, metadata } as T;
}

interface RawPod extends KubeObject {
  readonly spec?: {
    readonly containers?: readonly {
      readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
    }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly message?: string;
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly state?: {
        readonly waiting?: { readonly reason?: string; readonly message?: string };
        readonly terminated?: {
          readonly reason?: string;
          readonly exitCode?: number;
          readonly message?: string;
        };
      };
    }[];
  };
}

/** What discovery and messages read of a pod. */
export function keepPod(object: KubeObject): LivePod {
  const { apiVersion, kind, metadata, spec, status } = object as RawPod;
  const { name, namespace = '', uid, resourceVersion, labels, deletionTimestamp } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(labels === undefined ? {} : { labels }),
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    },
    phase: status?.phase ?? 'Pending',
    ip: status?.podIP,
    ports: (spec?.containers ?? []).flatMap(({ ports = [] }) =>
      ports.map(({ name, containerPort }) => ({ name, port: containerPort })),
    ),
    trouble: describeTrouble(status),
  };
}

/** A container that waits for its turn is no trouble. */
const HARMLESS = /^(ContainerCreating|PodInitializing|Completed)$/;

function describeTrouble(status: RawPod['status']): string | undefined {
  for (const { state } of status?.containerStatuses ?? []) {
    const { waiting, terminated } = state ?? {};
    if (waiting?.reason !== undefined && !HARMLESS.test(waiting.reason)) {
      return sentence(waiting.reason, waiting.message);
    }
    if (terminated !== undefined && terminated.exitCode !== 0) {
      return sentence(
        `${terminated.reason ?? 'Error'}, exit code ${terminated.exitCode}`,
        terminated.message,
      );
    }
  }
  return undefined;
}

function sentence(reason: string, message: string | undefined): string {
  return message === undefined || message === '' ? reason : `${reason}: ${message.slice(0, 300)}`;
}
