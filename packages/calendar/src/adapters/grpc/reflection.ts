import { create, toBinary, type DescFile, type DescService, type MessageInitShape } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import {
  ServerReflectionRequestSchema,
  ServerReflectionResponseSchema,
  type ServerReflectionRequest,
} from '@daywatch/protocol/reflection';
import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import { once } from 'node:events';
import { abbreviate } from '../../time/plain-date.ts';
import { decode } from './decode.ts';
import type { ErrorLog } from './options.ts';
import { findExtensions, indexSymbols, withImports, type SymbolIndex } from './symbol-index.ts';
import type { Handlers } from './service-definition.ts';
import { toLoggedStatus } from './to-logged-status.ts';

type Answer = Exclude<
  Extract<MessageInitShape<typeof ServerReflectionResponseSchema>, { $typeName?: never }>['messageResponse'],
  undefined
>;

/**
 * gRPC's own reflection protocol: https://github.com/grpc/grpc/blob/master/doc/server-reflection.md
 * It tells what the generated descriptors say, so no .proto file is read. v1 and v1alpha have the same
 * messages on the wire.
 */
export function createReflectionHandlers(services: readonly DescService[], log: ErrorLog): Handlers {
  const index = indexSymbols(services);
  return {
    async ServerReflectionInfo(call: ServerDuplexStream<Buffer, Uint8Array>) {
      try {
        for await (const bytes of call as AsyncIterable<Buffer>) {
          const request = decode(ServerReflectionRequestSchema, bytes);
          if (!call.write(encodeAnswer(request, answer(request, index)))) await once(call, 'drain');
        }
        call.end();
      } catch (error) {
        if (!call.cancelled) call.emit('error', toLoggedStatus(error, call.metadata, log));
      }
    },
  };
}

function encodeAnswer(request: ServerReflectionRequest, messageResponse: Answer): Uint8Array {
  const response = create(ServerReflectionResponseSchema, {
    validHost: request.host,
    originalRequest: request,
    messageResponse,
  });
  return toBinary(ServerReflectionResponseSchema, response);
}

function answer({ messageRequest }: ServerReflectionRequest, index: SymbolIndex): Answer {
  switch (messageRequest.case) {
    case 'listServices':
      return {
        case: 'listServicesResponse',
        value: { service: index.services.map(({ typeName }) => ({ name: typeName })) },
      };
    case 'fileByFilename':
      return describeFile(index.files.get(messageRequest.value), messageRequest.value);
    case 'fileContainingSymbol':
      return describeFile(index.symbols.get(messageRequest.value), messageRequest.value);
    case 'fileContainingExtension': {
      const { containingType, extensionNumber } = messageRequest.value;
      const extension = findExtensions(index, containingType).find(
        ({ number }) => number === extensionNumber,
      );
      return describeFile(extension?.file, `${containingType} ${extensionNumber}`);
    }
    case 'allExtensionNumbersOfType': {
      const baseTypeName = messageRequest.value;
      if (!index.symbols.has(baseTypeName)) return notFound(baseTypeName);
      const extensionNumber = findExtensions(index, baseTypeName).map(({ number }) => number);
      return { case: 'allExtensionNumbersResponse', value: { baseTypeName, extensionNumber } };
    }
    case undefined:
      return {
        case: 'errorResponse',
        value: { errorCode: status.INVALID_ARGUMENT, errorMessage: 'the request asks for nothing known' },
      };
    default:
      return messageRequest satisfies never;
  }
}

/** A file with all that it imports. */
function describeFile(file: DescFile | undefined, asked: string): Answer {
  if (!file) return notFound(asked);
  const fileDescriptorProto = [...withImports([file])].map(({ proto }) =>
    toBinary(FileDescriptorProtoSchema, proto),
  );
  return { case: 'fileDescriptorResponse', value: { fileDescriptorProto } };
}

function notFound(asked: string): Answer {
  return {
    case: 'errorResponse',
    value: { errorCode: status.NOT_FOUND, errorMessage: `'${abbreviate(asked)}' is not here` },
  };
}
