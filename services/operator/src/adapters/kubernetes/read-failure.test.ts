import { describe, expect, it } from 'vitest';
import type { ClusterErrorCode } from '../../cluster/cluster-error.ts';
import { readFailure } from './read-failure.ts';

describe('an answer that is an error', () => {
  it.each<readonly [status: number, reason: string, code: ClusterErrorCode]>([
    [400, 'BadRequest', 'invalid'],
    // Whose token has just run out may be told again, and is nobody who may do nothing.
    [401, 'Unauthorized', 'unavailable'],
    [403, 'Forbidden', 'forbidden'],
    [404, 'NotFound', 'not_found'],
    [409, 'AlreadyExists', 'already_exists'],
    [409, 'Conflict', 'conflict'],
    [410, 'Expired', 'gone'],
    [422, 'Invalid', 'invalid'],
    [429, 'TooManyRequests', 'unavailable'],
    // A webhook that is down says no for its kind alone.
    [500, 'InternalError', 'internal'],
    [503, 'ServiceUnavailable', 'unavailable'],
    [504, 'Timeout', 'unavailable'],
  ])('should mean for %i %s: %s', (status, reason, code) => {
    const body = JSON.stringify({ kind: 'Status', reason, message: 'why', code: status });
    expect(readFailure(status, body)).toMatchObject({ code, message: 'why' });
  });

  it('should be of nobody that can be relied on when it is no answer of an API server', () => {
    expect(readFailure(500, '<html>Bad gateway</html>').code).toBe('unavailable');
  });
});
