import { httpError } from '@daywatch/service-kit/listen';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseJsonBody } from './parse-json-body.ts';

export const JSON_TYPE = 'application/json';
/** RFC 7396. */
export const MERGE_PATCH_TYPE = 'application/merge-patch+json';

/**
 * Takes JSON bodies, and merge patches of PATCH. A request without a body is one whatever its type.
 * @param scope a Fastify scope of its own: its parsers are replaced.
 */
export function registerBodyParsers(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<Buffer>(
    [JSON_TYPE, MERGE_PATCH_TYPE],
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      let body: unknown;
      try {
        body = parseBody(request, bytes);
      } catch (error) {
        return done(error as Error);
      }
      return done(null, body);
    },
  );
}

function parseBody({ method, headers }: FastifyRequest, bytes: Buffer): unknown {
  const { 'content-type': type = '', 'content-encoding': coding = 'identity' } = headers;
  if (coding !== 'identity') {
    throw unsupported('content-encoding', coding, 'a body that is not compressed');
  }
  if (method !== 'PATCH' && type.toLowerCase().startsWith(MERGE_PATCH_TYPE)) {
    throw unsupported('content-type', type, `${JSON_TYPE}: this is no patch`);
  }
  return bytes.length === 0 ? undefined : parseJsonBody(bytes);
}

function unsupported(header: string, value: string, allowed: string): Error {
  const message = `${header}: '${value.slice(0, 60)}' is not read here; allowed is ${allowed}`;
  return httpError('unsupported_media_type', message);
}
