import { listSecretNeeds, makeSecrets, type RandomText, type Scope } from '@daywatch/installation';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { Problem, View, Write } from './view.ts';

export interface SecretsPlan {
  readonly writes: readonly Write[];
  /** What people have to bring and have not. */
  readonly problems: readonly Problem[];
}

/**
 * Makes the Secrets that nobody brings, once: what is there stays as it is, since the volume of the database knows the
 * same passwords. They have no owner, and outlive the Daywatch as the volume does.
 */
export function planSecrets(view: View, scope: Scope, random: RandomText): SecretsPlan {
  const needs = listSecretNeeds(scope);
  const namespace = view.daywatch.metadata.namespace ?? '';
  const isMissing = (name: string): boolean => view.secretKeys.get(name) === undefined;
  const toMake = new Set(
    needs.filter(({ name, isOwn }) => !isOwn && isMissing(name)).map(({ name }) => name),
  );
  const made = toMake.size === 0 ? [] : makeSecrets(scope, random);
  const writes = made
    .filter(({ metadata }) => toMake.has(metadata.name))
    .map((secret): Write => {
      const object: KubeObject = { ...secret, metadata: { ...secret.metadata, namespace } };
      return { kind: 'create', object };
    });
  const problems = needs.flatMap(({ name, keys, isOwn }): readonly Problem[] => {
    if (toMake.has(name)) return [];
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
