import {
  listSecretNeeds,
  makeSecrets,
  type RandomText,
  type Scope,
  type SecretNeed,
} from '@daywatch/installation';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { Problem, View, Write } from './view.ts';

export interface SecretsPlan {
  readonly writes: readonly Write[];
  /** What people have to bring and have not. */
  readonly problems: readonly Problem[];
}

/**
 * Makes the Secrets that nobody brings, once: what is there stays as it is, since the volume of the database knows the
 * same passwords. They have no owner, and outlive the Daywatch as the volume does. One that is lost while its volume is
 * there is not made anew: the database would let nobody in with other passwords, and nothing would tell why.
 */
export function planSecrets(view: View, scope: Scope, random: RandomText): SecretsPlan {
  const needs = listSecretNeeds(scope);
  const namespace = view.daywatch.metadata.namespace ?? '';
  const isMissing = (name: string): boolean => view.secretKeys.get(name) === undefined;
  const isLost = ({ name, claim }: SecretNeed): boolean =>
    isMissing(name) && claim !== undefined && view.claims.includes(claim);
  const toMake = new Set(
    needs.filter((need) => !need.isOwn && isMissing(need.name) && !isLost(need)).map(({ name }) => name),
  );
  const made = toMake.size === 0 ? [] : makeSecrets(scope, random);
  const writes = made
    .filter(({ metadata }) => toMake.has(metadata.name))
    .map((secret): Write => {
      const object: KubeObject = { ...secret, metadata: { ...secret.metadata, namespace } };
      return { kind: 'create', object };
    });
  const problems = needs.flatMap((need): readonly Problem[] => {
    const { name, keys, isOwn, claim } = need;
    if (toMake.has(name)) return [];
    if (isLost(need)) {
      return [
        {
          reason: 'SecretLost',
          message: `Secret '${name}' in namespace '${namespace}' is gone, but PersistentVolumeClaim '${claim}' still has the data that its passwords belong to, and would take no others; put the Secret back, or delete the claim to begin without the data`,
        },
      ];
    }
    const there = view.secretKeys.get(name);
    const absent = keys.filter((key) => !(there ?? []).includes(key));
    if (absent.length === 0) return [];
    // Whose token it was is known to the database, and the Secret may be thrown away.
    if (!isOwn && name.endsWith('-first-token')) return [];
    const what =
      there === undefined ? 'there is none' : `it has no ${absent.map((key) => `'${key}'`).join(', ')}`;
    const needed = keys.map((key) => `'${key}'`).join(', ');
    return [
      {
        reason: 'SecretMissing',
        message: `Secret '${name}' in namespace '${namespace}': ${what}; it needs the keys ${needed}`,
      },
    ];
  });
  return { writes, problems };
}
