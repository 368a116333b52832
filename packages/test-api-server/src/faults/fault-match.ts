import type { ApiRequest, Verb } from '../request/api-request.ts';
import { qualify } from '../object/api-error.ts';

/** Which requests a fault is for; what is not said is not asked. */
export interface FaultMatch {
  readonly verbs?: readonly Verb[];
  /** The plural, or `plural.group`. */
  readonly resource?: string;
  readonly name?: string;
  readonly username?: string;
}

export function isMatch(
  match: FaultMatch,
  request: Pick<ApiRequest, 'verb' | 'resource' | 'name' | 'user'>,
): boolean {
  const { verbs, resource, name, username } = match;
  return (
    (verbs === undefined || verbs.includes(request.verb)) &&
    (resource === undefined ||
      resource === request.resource.plural ||
      resource === qualify(request.resource)) &&
    (name === undefined || name === request.name) &&
    (username === undefined || username === request.user.username)
  );
}
