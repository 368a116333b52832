import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestboxError } from '../../errors.ts';

/** Where the engine is, and how to get there. */
export type DockerHost =
  | { readonly kind: 'unix'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls: DockerTls | undefined;
    }
  | { readonly kind: 'ssh'; readonly host: string; readonly port: number; readonly user: string };

interface DockerTls {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

export interface DockerSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home folder. */
  readonly home: string;
}

/**
 * Where Docker's own command line would look: `DOCKER_HOST`, then the context that `DOCKER_CONTEXT` or its
 * configuration names, then the usual sockets, Podman's too.
 * @throws TestboxError `no_engine` that says what is allowed
 */
export function findDockerHost({ env, home }: DockerSurroundings): DockerHost {
  const configFolder = env['DOCKER_CONFIG'] || join(home, '.docker');
  const address = env['DOCKER_HOST'];
  if (address) {
    const wantsTls = Boolean(env['DOCKER_TLS_VERIFY']) || Boolean(env['DOCKER_TLS']);
    const tls = wantsTls ? readTls(env['DOCKER_CERT_PATH'] || configFolder) : undefined;
    return parseDockerHost(address, 'DOCKER_HOST', tls);
  }
  const context = env['DOCKER_CONTEXT'] || readCurrentContext(configFolder);
  if (context !== undefined && context !== 'default') return readContext(context, configFolder);
  return { kind: 'unix', path: findSocket(home, env['XDG_RUNTIME_DIR']) };
}

const ALLOWED = 'unix:///path/of/the/socket, tcp://host:port or ssh://user@host';

/** @param source who says so, for the message */
export function parseDockerHost(address: string, source: string, tls?: DockerTls): DockerHost {
  const refuse = (): never => {
    throw new TestboxError('no_engine', `${source}: '${address}' is not allowed; allowed is ${ALLOWED}`);
  };
  if (address.startsWith('unix://')) {
    const path = address.slice('unix://'.length);
    return path.startsWith('/') ? { kind: 'unix', path } : refuse();
  }
  const url = URL.parse(address.includes('://') ? address : `tcp://${address}`);
  // A URL keeps the brackets of an IPv6 address.
  if (!address.includes('://') && address.includes('/')) return refuse();
  const host = url?.hostname.replaceAll(/^\[|\]$/g, '');
  if (!url || !host) return refuse();
  if (url.protocol === 'ssh:')
    return { kind: 'ssh', host, port: Number(url.port || 22), user: decodeURIComponent(url.username) };
  if (!['tcp:', 'http:', 'https:'].includes(url.protocol)) return refuse();
  const isTls = tls !== undefined || url.protocol === 'https:';
  return {
    kind: 'tcp',
    host,
    port: Number(url.port || (isTls ? 2376 : 2375)),
    tls: isTls ? (tls ?? {}) : undefined,
  };
}

function readTls(folder: string): DockerTls {
  const read = (name: string): Buffer | undefined => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file) : undefined;
  };
  const [ca, cert, key] = [read('ca.pem'), read('cert.pem'), read('key.pem')];
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

/** undefined where there is no configuration, or it says nothing of contexts. */
function readCurrentContext(configFolder: string): string | undefined {
  const file = join(configFolder, 'config.json');
  if (!existsSync(file)) return undefined;
  const config = readJson(file) as { readonly currentContext?: unknown } | null;
  return typeof config?.currentContext === 'string' && config.currentContext !== ''
    ? config.currentContext
    : undefined;
}

function readContext(name: string, configFolder: string): DockerHost {
  const id = createHash('sha256').update(name).digest('hex');
  const file = join(configFolder, 'contexts/meta', id, 'meta.json');
  if (!existsSync(file))
    throw new TestboxError(
      'no_engine',
      `the Docker context '${name}' does not exist: 'docker context ls' lists those that do`,
    );
  const meta = readJson(file) as {
    readonly Endpoints?: { readonly docker?: { readonly Host?: unknown } };
  } | null;
  const host = meta?.Endpoints?.docker?.Host;
  const folder = join(configFolder, 'contexts/tls', id, 'docker');
  return parseDockerHost(
    typeof host === 'string' ? host : '',
    `the Docker context '${name}'`,
    existsSync(folder) ? readTls(folder) : undefined,
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TestboxError(
      'no_engine',
      `${file} cannot be read: ${error instanceof Error ? error.message : ''}`,
      { cause: error },
    );
  }
}

/** The first that is there; Docker's own where none is, so that the message names that. */
function findSocket(home: string, runtimeFolder: string | undefined): string {
  const docker = '/var/run/docker.sock';
  const sockets = [
    docker,
    join(home, '.docker/run/docker.sock'),
    ...(runtimeFolder ? [join(runtimeFolder, 'docker.sock'), join(runtimeFolder, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
  return sockets.find((path) => existsSync(path)) ?? docker;
}
