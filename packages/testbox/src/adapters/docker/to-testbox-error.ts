import { TestboxError } from '../../errors.ts';
import type { DockerHost } from './find-docker-host.ts';

/** Turns what the client throws into the package's errors. */
export function toTestboxError(error: unknown, host: DockerHost): TestboxError {
  if (error instanceof TestboxError) return error;
  const { code, message = String(error) } = (error ?? {}) as {
    readonly code?: string;
    readonly message?: string;
  };
  const where = describeHost(host);
  if (code === 'EACCES' || code === 'EPERM') {
    return new TestboxError(
      'no_permission',
      `no permission to use Docker at ${where}: become a member of its group (often: sudo usermod -aG docker $USER), or run as root`,
      { cause: error },
    );
  }
  const hasAnswered = statusOf(error) !== undefined;
  if (!hasAnswered && code !== undefined) {
    return new TestboxError(
      'no_engine',
      `no Docker Engine answers at ${where} (${code}): start it, or say in DOCKER_HOST where it is`,
      { cause: error },
    );
  }
  if (!hasAnswered)
    return new TestboxError('engine_failed', `the engine was not understood: ${message}`, { cause: error });
  return new TestboxError('engine_failed', `the engine refused: ${reasonOf(error)}`, { cause: error });
}

/** The HTTP status of an answer that was an error; undefined where there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return (error as { readonly statusCode?: number } | null)?.statusCode;
}

/** What the engine says, without the wrapping of the client. */
export function reasonOf(error: unknown): string {
  const { json, message } = error as {
    readonly json?: { readonly message?: string } | null;
    readonly message?: string;
  };
  // The client puts `(HTTP code 500) server error - ` before what it was told.
  return (json?.message ?? message ?? String(error)).replace(/^\(HTTP code \d+\) [a-z ]+ - /, '').trim();
}

function describeHost(host: DockerHost): string {
  return host.kind === 'unix' ? `unix://${host.path}` : `${host.kind}://${host.host}:${host.port}`;
}
