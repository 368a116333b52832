import type { ResourceType } from '../resource/resource-type.ts';
import type { JsonObject } from './kube-object.ts';

/** One thing that is wrong with a field, as `details.causes` of a Status says it. */
export interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

interface Details {
  readonly name?: string;
  readonly resource?: Pick<ResourceType, 'group' | 'plural'>;
  /** Where an error speaks of the kind instead of the resource, as 422 does. */
  readonly kind?: string;
  readonly causes?: readonly Cause[];
  readonly retryAfterSeconds?: number;
}

/** An answer that is an error: the `Status` object that a Kubernetes API server sends. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number;
  readonly reason: string;
  readonly details: Details;

  constructor(code: number, reason: string, message: string, details: Details = {}) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  static from(error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return new ApiError(500, 'InternalError', `Internal error occurred: ${message}`);
  }

  toStatus(): JsonObject {
    const { name, resource, kind, causes, retryAfterSeconds } = this.details;
    const details: JsonObject = {
      ...(name !== undefined && { name }),
      ...(resource !== undefined && resource.group !== '' && { group: resource.group }),
      ...((kind ?? resource) !== undefined && { kind: kind ?? resource?.plural ?? '' }),
      ...(causes !== undefined && {
        causes: causes.map(({ reason, message, field }) => ({ reason, message, field })),
      }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason !== '' && { reason: this.reason }),
      ...(Object.keys(details).length > 0 && { details }),
      code: this.code,
    };
  }
}

type Named = Pick<ResourceType, 'group' | 'plural'>;

/** `deployments.apps`, or `pods` in the core group. */
export function qualify({ group, plural }: Named): string {
  return group === '' ? plural : `${plural}.${group}`;
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function notFound(resource: Named, name: string): ApiError {
  return new ApiError(404, 'NotFound', `${qualify(resource)} "${name}" not found`, { name, resource });
}

export function alreadyExists(resource: Named, name: string): ApiError {
  return new ApiError(409, 'AlreadyExists', `${qualify(resource)} "${name}" already exists`, {
    name,
    resource,
  });
}

export function conflict(resource: Named, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualify(resource)} "${name}": ${why}`;
  return new ApiError(409, 'Conflict', message, { name, resource });
}

/** The 409 that a lost race is answered with: read again, and decide again. */
export function modifiedMeanwhile(resource: Named, name: string): ApiError {
  return conflict(
    resource,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

export function forbidden(resource: Named, name: string, why: string): ApiError {
  const subject = name === '' ? qualify(resource) : `${qualify(resource)} "${name}"`;
  return new ApiError(403, 'Forbidden', `${subject} is forbidden: ${why}`, {
    ...(name !== '' && { name }),
    resource,
  });
}

/** 422: every cause with its field; several stand in brackets, as an aggregate of Go's does. */
export function invalid(
  { group, kind }: Pick<ResourceType, 'group' | 'kind'>,
  name: string,
  causes: readonly Cause[],
): ApiError {
  const sentences = causes.map(({ field, message }) => `${field}: ${message}`);
  const list = sentences.length === 1 ? sentences.join('') : `[${sentences.join(', ')}]`;
  const subject = group === '' ? kind : `${kind}.${group}`;
  return new ApiError(422, 'Invalid', `${subject} "${name}" is invalid: ${list}`, {
    name,
    kind,
    resource: { group, plural: kind },
    causes,
  });
}

/** 410: the revision is no longer remembered; only a new list helps. */
export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}
