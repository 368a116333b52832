import type { DescExtension, DescFile, DescMessage, DescService } from '@bufbuild/protobuf';
import { nestedTypes } from '@bufbuild/protobuf/reflect';

/** What the services, and all that their files import, are made of. */
export interface SymbolIndex {
  readonly services: readonly DescService[];
  /** By path, as in `daywatch/calendar/v1/calendar.proto`. */
  readonly files: ReadonlyMap<string, DescFile>;
  /** Which file has a symbol, by its full name without a leading dot. */
  readonly symbols: ReadonlyMap<string, DescFile>;
  readonly extensions: readonly DescExtension[];
}

export function indexSymbols(services: readonly DescService[]): SymbolIndex {
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

export function findExtensions({ extensions }: SymbolIndex, typeName: string): DescExtension[] {
  return extensions.filter(({ extendee }) => extendee.typeName === typeName);
}

/** The files with all that they import, and what that imports. */
export function withImports(files: readonly DescFile[]): Set<DescFile> {
  const found = new Set<DescFile>();
  const visit = (file: DescFile): void => {
    if (found.has(file)) return;
    found.add(file);
    file.dependencies.forEach(visit);
  };
  files.forEach(visit);
  return found;
}
