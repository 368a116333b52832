import type { Json } from '../object/kube-object.ts';
import type { User } from '../rbac/user.ts';
import type { ResourceType } from '../resource/resource-type.ts';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** A request for a resource, understood but not yet allowed. */
export interface ApiRequest {
  readonly verb: Verb;
  readonly resource: ResourceType;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  readonly query: URLSearchParams;
  /** Undefined without a body. */
  readonly body?: Json;
  /** Without parameters. */
  readonly contentType: string;
  readonly accept: string;
  readonly userAgent: string;
  readonly user: User;
}
