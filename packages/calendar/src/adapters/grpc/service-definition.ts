import type { DescMethod, DescService } from '@bufbuild/protobuf';
import type { ServiceDefinition, UntypedHandleCall } from '@grpc/grpc-js';

/** How grpc-js calls each method of a service, by the method's name in the contract. */
export type Handlers = Readonly<Record<string, UntypedHandleCall>>;

/**
 * Makes a grpc-js service of a protobuf-es descriptor. Messages pass as bytes: the handlers decode
 * them, since grpc-js answers INTERNAL where decoding fails before the handler.
 */
export function toServiceDefinition(service: DescService): ServiceDefinition {
  return Object.fromEntries(
    service.methods.map((method) => [
      method.name,
      {
        path: pathOf(method),
        requestStream: method.methodKind === 'client_streaming' || method.methodKind === 'bidi_streaming',
        responseStream: method.methodKind === 'server_streaming' || method.methodKind === 'bidi_streaming',
        requestSerialize: asBuffer,
        requestDeserialize: asIs,
        responseSerialize: asBuffer,
        responseDeserialize: asIs,
        originalName: method.localName,
      },
    ]),
  );
}

/** `/daywatch.calendar.v1.CalendarService/GetEvent` */
export function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

function asIs(bytes: Buffer): Buffer {
  return bytes;
}

/** grpc-js wants a Buffer; this shares the memory of the array. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
