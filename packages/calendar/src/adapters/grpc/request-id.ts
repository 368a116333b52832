import type { Metadata } from '@grpc/grpc-js';

const REQUEST_ID = /^[A-Za-z0-9._:/+=-]{1,128}$/;

const requestIds = new WeakMap<Metadata, string>();

/** Keeps the id of a call beside its metadata: the client's own where it is a sane one. */
export function assignRequestId(metadata: Metadata, newRequestId: () => string): string {
  const given = metadata.get('x-request-id');
  const [first] = given;
  const requestId =
    given.length === 1 && typeof first === 'string' && REQUEST_ID.test(first) ? first : newRequestId();
  requestIds.set(metadata, requestId);
  return requestId;
}

/** The id that assignRequestId has kept. */
export function requestIdOf(metadata: Metadata): string {
  return requestIds.get(metadata) ?? 'unknown';
}
