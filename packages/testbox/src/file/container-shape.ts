import { listOf, oneOrMore, recordOf } from './collection-shape.ts';
import { fields, optional, type FieldsOf } from './fields.ts';
import { duration, flag, integer, refine, text, type Shape } from './shape.ts';
import type { ContainerSpec, FileSpec, ImageSource, PortSpec, VolumeSpec, WaitSpec } from './test-file.ts';

export const DEFAULT_WAIT_MS = 60_000;

const portNumber = integer(1, 65_535);

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/;
export const containerName = text('a name of letters, digits, _ . and -, at most 63', { pattern: NAME });

/** Without letters in upper case but in the registry and the tag: the engine knows no others. */
const IMAGE =
  /^([\w.-]+(:\d+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;
const image = text('the name of an image in small letters, such as postgres:18', { pattern: IMAGE });

const variable = text('NAME=value', { pattern: /^[^=\s]+=/ });

const volume: Shape<VolumeSpec> = refine(
  text('NAME:/path or ./folder:/path, with :ro for reading only'),
  'NAME:/path or ./folder:/path, with :ro for reading only',
  (written) => {
    const match = /^(?<source>[^:]+):(?<target>\/[^:]*)(?<ro>:ro)?$/.exec(written)?.groups;
    if (!match) return undefined;
    const { source = '', target = '' } = match;
    const common = { target, isReadOnly: match['ro'] !== undefined };
    if (/^[./~]/.test(source)) return { kind: 'folder', path: source, ...common };
    return NAME.test(source) ? { kind: 'named', name: source, ...common } : undefined;
  },
);

const FILE_SOURCES = 'a file with the keys path, and content or source';
const file: Shape<FileSpec> = refine(
  fields(
    {
      path: optional(text('an absolute path', { pattern: /^\// }), 'Where the file lies in the container.'),
      content: optional(text(), 'What is in it.'),
      source: optional(text('a path'), 'A file of this machine, from the working directory.'),
    },
    'a file',
  ),
  FILE_SOURCES,
  ({ path, content, source }) => {
    if (path === undefined || (content === undefined) === (source === undefined)) return undefined;
    const from =
      content === undefined
        ? ({ kind: 'source', source: source ?? '' } as const)
        : ({ kind: 'content', content } as const);
    return { path, from };
  },
);

const PORTS = '8080, 8080:80 or 127.0.0.1:8080:80';
const publishedPort: Shape<PortSpec> = refine(text(PORTS), PORTS, (written) => {
  const match = /^(?:(?<host>\d+\.\d+\.\d+\.\d+):)?(?:(?<hostPort>\d{1,5}):)?(?<port>\d{1,5})$/.exec(
    written,
  )?.groups;
  if (!match) return undefined;
  const [port, hostPort] = [Number(match['port']), Number(match['hostPort'] ?? 0)];
  if (port < 1 || port > 65_535 || hostPort > 65_535) return undefined;
  return { host: match['host'] ?? '127.0.0.1', hostPort, port };
});

const waitFor: Shape<WaitSpec> = refine(
  fields(
    {
      port: optional(portNumber, 'A port that must be open.'),
      http: optional(text('a path that begins with /', { pattern: /^\// }), 'A path that must answer.'),
      code: optional(integer(100, 599), 'The status of that answer; by default any 2xx.'),
      log: optional(text(), 'A text that must stand in a line of the log.'),
      healthy: optional(flag(), "Whether the image's own health check must pass."),
      started: optional(flag(), 'That it has been started is enough.'),
      finished: optional(flag(), 'That it must have ended with exit code 0, as a migration does.'),
      timeout: optional(duration(), 'How long, at most; by default 60s.'),
    },
    'conditions',
  ),
  'code together with http only',
  (wait) => {
    if (wait.code !== undefined && wait.http === undefined) return undefined;
    return {
      port: wait.port,
      http: wait.http === undefined ? undefined : { path: wait.http, code: wait.code },
      log: wait.log,
      healthy: wait.healthy === true,
      started: wait.started === true,
      finished: wait.finished === true,
      timeoutMs: wait.timeout ?? DEFAULT_WAIT_MS,
    };
  },
);

/** What the container under test and its dependencies have in common. */
export const CONTAINER_FIELDS = {
  dockerfile: optional(
    text('a path from the working directory'),
    'The Dockerfile to build the image from, or its folder, from the working directory.',
  ),
  context: optional(text('a folder'), 'The folder that the build sees; by default that of the Dockerfile.'),
  buildArgs: optional(recordOf(text(), 'NAME: value'), 'Values for the ARGs of the Dockerfile.'),
  image: optional(image, 'The image, instead of a Dockerfile.'),
  environment: optional(listOf(variable, 'NAME=value'), 'Variables, each NAME=value.'),
  command: optional(
    oneOrMore(text(), 'words'),
    "The command instead of the image's own: a list of words, or a text for /bin/sh -c.",
  ),
  volumes: optional(listOf(volume, 'volumes'), 'NAME:/path or ./folder:/path, with :ro for reading only.'),
  files: optional(listOf(file, 'files'), 'Files that are put into the container before it starts.'),
  ports: optional(
    listOf(publishedPort, 'ports'),
    'Ports to publish on this machine (tests do not need it): 8080:80.',
  ),
  port: optional(portNumber, "Where it listens; by default the image's EXPOSE."),
  waitFor: optional(
    waitFor,
    'When it is ready; by default when its health check passes or its port is open.',
  ),
} as const;

type ContainerFields = FieldsOf<typeof CONTAINER_FIELDS>;

/** Puts a container that has been checked into the shape that it runs in. */
export function toContainerSpec(name: string, written: ContainerFields): ContainerSpec {
  return {
    name,
    source: toSource(written),
    environment: written.environment ?? [],
    command: toCommand(written.command),
    volumes: written.volumes ?? [],
    files: written.files ?? [],
    ports: written.ports ?? [],
    port: written.port,
    waitFor: written.waitFor,
  };
}

function toSource({ dockerfile, image = '', context, buildArgs }: ContainerFields): ImageSource {
  if (dockerfile === undefined) return { kind: 'image', image };
  return { kind: 'build', dockerfile, context, buildArgs: buildArgs ?? new Map() };
}

/** A text that is no single word is for a shell, as in a Dockerfile. */
function toCommand(words: readonly string[] | undefined): readonly string[] | undefined {
  const [only = ''] = words ?? [];
  return words?.length === 1 && /\s/.test(only) ? ['/bin/sh', '-c', only] : words;
}
