import type { ApiState } from '../api-state.ts';
import { ApiError, forbidden } from '../object/api-error.ts';
import type { Verb } from '../request/api-request.ts';
import type { ResourceType } from '../resource/resource-type.ts';
import { rulesFor, type PolicyRule } from './rules-for.ts';
import type { User } from './user.ts';

/** What is asked to be allowed: something with a resource. */
export interface Attributes {
  readonly verb: Verb;
  readonly resource: ResourceType;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** What is asked to be allowed: a path that is no resource's. */
interface PathAttributes {
  readonly verb: string;
  readonly path: string;
}

/** @throws ApiError 403 unless a role that is bound to the user, or to a group of theirs, allows it */
export function authorize(state: ApiState, user: User, wanted: Attributes | PathAttributes): void {
  if (user.groups.includes('system:masters')) return;
  if ('path' in wanted) {
    if (isOpenPath(wanted.path, user)) return;
    throw new ApiError(
      403,
      'Forbidden',
      `forbidden: User "${user.username}" cannot ${wanted.verb} path "${wanted.path}"`,
    );
  }
  if (rulesFor(state, user, wanted.namespace).some((rule) => allows(rule, wanted))) return;
  throw forbidden(wanted.resource, wanted.name ?? '', refusal(user, wanted));
}

function allows(rule: PolicyRule, { verb, resource, subresource, name }: Attributes): boolean {
  const { plural, group } = resource;
  const full = subresource === undefined ? plural : `${plural}/${subresource}`;
  const names = rule.resourceNames ?? [];
  return (
    includes(rule.verbs, verb) &&
    includes(rule.apiGroups, group) &&
    (includes(rule.resources, full) ||
      (subresource !== undefined && rule.resources?.includes(`*/${subresource}`) === true)) &&
    // What has no name yet, such as what is created, is never allowed by name.
    (names.length === 0 || (name !== undefined && names.includes(name)))
  );
}

function includes(allowed: readonly string[] | undefined, wanted: string): boolean {
  return allowed?.includes('*') === true || allowed?.includes(wanted) === true;
}

/** Discovery is for everybody who is known; health and version for all. */
function isOpenPath(path: string, { groups }: User): boolean {
  if (/^\/(healthz|livez|readyz|version)(\/|$)/.test(path)) return true;
  return groups.includes('system:authenticated') && /^\/(api|apis|openapi)(\/|$)/.test(path);
}

function refusal(user: User, { verb, resource, subresource, namespace }: Attributes): string {
  const full = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`;
  const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return `User "${user.username}" cannot ${verb} resource "${full}" in API group "${resource.group}" ${scope}`;
}
