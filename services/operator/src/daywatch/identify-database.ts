import type { Daywatch, SecretNeed } from '@daywatch/installation';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { LiveSecret } from '../cluster/live-objects.ts';
import { fingerprint } from './fingerprint.ts';

/** What tells which database an installation has. */
interface Traces {
  /** The first of them is that of the database. */
  readonly needs: readonly SecretNeed[];
  readonly secrets: ReadonlyMap<string, LiveSecret | undefined>;
  readonly claims: readonly KubeObject[];
}

/** The key of the Secret by which migrations find the database. */
const OWNER_DSN = 'owner-dsn';

/**
 * The same as long as it is the same database: that migrations are applied is true of one database alone. A managed one
 * is the claim for its volume; one of people's own is where it is, whoever logs in there and with which password.
 */
export function identifyDatabase({ spec }: Daywatch, { needs, secrets, claims }: Traces): string {
  const [need] = needs;
  if (spec.database.managed !== undefined) {
    const claim = claims.find(({ metadata }) => metadata.name === need?.claim);
    return `claim/${claim?.metadata.uid ?? 'none'}`;
  }
  const name = spec.database.secretName ?? '';
  const encoded = secrets.get(name)?.data?.[OWNER_DSN];
  if (encoded === undefined) return `secret/${name}/none`;
  return `secret/${name}/${fingerprint(placeOf(Buffer.from(encoded, 'base64').toString('utf8').trim()))}`;
}

/** `host:5432/name` of `postgres://user:password@host:5432/name?options`; what is no URL is taken as it is. */
function placeOf(dsn: string): string {
  return /^\w+:\/\/(?:[^/]*@)?(?<place>[^?#]*)/.exec(dsn)?.groups?.['place'] ?? dsn;
}
