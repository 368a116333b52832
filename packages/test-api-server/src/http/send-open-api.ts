import type { ServerResponse } from 'node:http';

/** Clients ask for `…v2@v1.0+protobuf`; the answer has a dot there, since Go's parser of media types knows no `@`. */
const PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** The document `swagger: "2.0"` and no more, as protobuf: field 1, three bytes of text. */
const EMPTY_AS_PROTOBUF = Buffer.from([0x0a, 0x03, ...Buffer.from('2.0')]);

/**
 * An OpenAPI document that describes nothing. kubectl asks for one before it applies, and lets pass what the
 * document does not know: what is valid is decided by the server anyway.
 */
export function sendOpenApi(response: ServerResponse, accept: string): void {
  const isProtobuf = accept.includes('proto-openapi.spec.v2');
  response.writeHead(200, { 'content-type': isProtobuf ? PROTOBUF : 'application/json' });
  response.end(
    isProtobuf
      ? EMPTY_AS_PROTOBUF
      : JSON.stringify({
          swagger: '2.0',
          info: { title: 'A test server that describes nothing', version: 'v1' },
          paths: {},
        }),
  );
}
