import {
  create,
  toBinary,
  type DescExtension,
  type DescFile,
  type DescMessage,
  type DescService,
  type MessageInitShape,
} from '@bufbuild/protobuf';
import { nestedTypes } from '@bufbuild/protobuf/reflect';
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

interface SymbolIndex {
  readonly services: readonly DescService[];
  /** By path, as in `daywatch/calendar/v1/calendar.proto`. */
  readonly files: ReadonlyMap<string, DescFile>;
  /** Which file has a symbol, by its full name without a leading dot. */
  readonly symbols: ReadonlyMap<string, DescFile>;
  readonly extensions: readonly DescExtension[];
}

function indexSymbols(services: readonly DescService[]): SymbolIndex {
  const files = withImports(services.map(({ file }) => file));
  const symbols = new Map<string, DescFile>();
  const extensions: DescExtension[] = [];
  for (const file of files) {
    for (const type of nestedTypes(file)) {
      symbols.set(type.typeName, file);
      if (type.kind === 'extension') extensions.push(type);
      for (const member of membersOf(type)) symbols.set(member, file);
    }
  }
  return {
    services: [...services],
    files: new Map([...files].map((file) => [file.proto.name, file])),
    symbols,
    extensions,
  };
}

/** Full names of methods, fields and values. Values of an enum stand beside it, as in C++. */
function membersOf(type: ReturnType<typeof nestedTypes> extends Iterable<infer T> ? T : never): string[] {
  switch (type.kind) {
    case 'service':
      return type.methods.map(({ name }) => `${type.typeName}.${name}`);
    case 'message':
      return membersOfMessage(type);
    case 'enum': {
      const scope = type.typeName.slice(0, type.typeName.lastIndexOf('.') + 1);
      return type.values.map(({ name }) => scope + name);
    }
    case 'extension':
      return [];
    default:
      return type satisfies never;
  }
}

function membersOfMessage({ typeName, fields, oneofs }: DescMessage): string[] {
  return [...fields, ...oneofs].map(({ name }) => `${typeName}.${name}`);
}

function findExtensions({ extensions }: SymbolIndex, typeName: string): DescExtension[] {
  return extensions.filter(({ extendee }) => extendee.typeName === typeName);
}

function withImports(files: readonly DescFile[]): Set<DescFile> {
  const found = new Set<DescFile>();
  const visit = (file: DescFile): void => {
    if (found.has(file)) return;
    found.add(file);
    file.dependencies.forEach(visit);
  };
  files.forEach(visit);
  return found;
}
