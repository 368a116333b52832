import type { Cluster } from '../cluster/cluster.ts';
import { isClusterError, type ClusterError } from '../cluster/cluster-error.ts';
import { keyOf, type KubeObject } from '../cluster/kube-object.ts';
import { resourceOf, type ResourceName } from '../cluster/resources.ts';
import type { Daywatch } from '@daywatch/installation';
import { describeConflict } from './keep-object.ts';
import type { Problem, Write } from './view.ts';
import { judgeOwnership } from './wanted-object.ts';

export interface CarryOutOptions {
  readonly cluster: Cluster;
  readonly owner: Daywatch;
  /** Whether the object was seen before, so that it need not be asked for whose it is. */
  readonly isKnown: (resource: ResourceName, object: KubeObject) => boolean;
  readonly signal: AbortSignal;
}

export interface CarriedOut {
  /** What was written, for events. */
  readonly written: readonly Write[];
  /** What could not be: the others were written all the same. */
  readonly problems: readonly Problem[];
}

const MAX_ATTEMPTS = 5;

/**
 * Carries out writes in their order. One that the API server refuses does not stop those after it.
 * @throws ClusterError `unavailable`: then it does not refuse one of them but answers nobody.
 */
export async function carryOut(writes: readonly Write[], options: CarryOutOptions): Promise<CarriedOut> {
  const written: Write[] = [];
  const problems: Problem[] = [];
  const carryOutNext = async (write: Write): Promise<void> => {
    try {
      const problem = await carryOutPatiently(write, options);
      if (problem === undefined) written.push(write);
      else problems.push(problem);
    } catch (error) {
      if (!isClusterError(error) || isClusterError(error, 'unavailable')) throw error;
      problems.push(describeFailure(write, error));
    }
  };
  for (const group of groupWrites(writes)) await Promise.all(group.map(carryOutNext));
  return { written, problems };
}

/** Kinds that wait for nothing and that nothing waits for: several of them are written at once. */
const INDEPENDENT = new Set(['ServiceAccount', 'NetworkPolicy', 'PodDisruptionBudget', 'Service']);
const MAX_AT_ONCE = 8;

/** In their order: what is independent side by side, all else one by one. */
function groupWrites(writes: readonly Write[]): readonly (readonly Write[])[] {
  const groups: Write[][] = [];
  for (const write of writes) {
    const last = groups.at(-1);
    const isJoining =
      last !== undefined &&
      last.length < MAX_AT_ONCE &&
      [write, ...last].every(({ kind, object }) => kind === 'apply' && INDEPENDENT.has(object.kind));
    if (isJoining) last.push(write);
    else groups.push([write]);
  }
  return groups;
}

/** Applying says what is wanted and not what was read: an object that has changed meanwhile is no reason to give up. */
async function carryOutPatiently(write: Write, options: CarryOutOptions): Promise<Problem | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await carryOutOne(write, options);
    } catch (error) {
      if (!isClusterError(error, 'conflict') || attempt >= MAX_ATTEMPTS) throw error;
    }
  }
}

async function carryOutOne(
  write: Write,
  { cluster, owner, isKnown, signal }: CarryOutOptions,
): Promise<Problem | undefined> {
  const { object } = write;
  const resource = resourceOf(object);
  switch (write.kind) {
    case 'delete': {
      const { propagation } = write;
      await cluster.delete(resource, object, { propagation, signal }).catch(ignore('not_found', 'conflict'));
      return undefined;
    }
    case 'create': {
      const made = await cluster.create(resource, object, signal).catch(ignore('already_exists'));
      // Secrets are found by their name; a Job that is there is this one's, made a moment ago, or in its way.
      if (made !== undefined || resource !== 'jobs') return undefined;
      const other = await cluster.get(resource, keyOf(object), signal).catch(ignore('not_found'));
      const isInTheWay = other !== undefined && judgeOwnership(other, owner) === 'others';
      return isInTheWay ? describeConflict(object.kind, other) : undefined;
    }
    case 'apply': {
      if (!isKnown(resource, object)) {
        const other = await cluster.get(resource, keyOf(object), signal).catch(ignore('not_found'));
        if (other !== undefined && judgeOwnership(other, owner) === 'others') {
          return describeConflict(object.kind, other);
        }
      }
      await cluster.apply(resource, object, { signal });
      return undefined;
    }
    default:
      return write satisfies never;
  }
}

function ignore(...codes: Parameters<typeof isClusterError>[1][]): (error: unknown) => undefined {
  return (error) => {
    if (!isClusterError(error, ...codes)) throw error;
    return undefined;
  };
}

/** One word for why the API server did not do what it was asked for. */
export function describeReason({ code }: ClusterError): string {
  if (code === 'forbidden') return 'Forbidden';
  return code === 'internal' ? 'ApiServerFailed' : 'WriteRefused';
}

function describeFailure({ kind, object }: Write, error: ClusterError): Problem {
  const { namespace = '', name } = object.metadata;
  return {
    reason: describeReason(error),
    message: `${object.kind} '${name}' in namespace '${namespace}' could not be ${kind === 'delete' ? 'deleted' : 'written'}: ${error.message}`,
  };
}
