import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DockerSurroundings } from './find-docker-host.ts';

/** What the engine is told to log in to a registry with; undefined where nobody has logged in. */
export type RegistryLogins = (image: string) => Promise<RegistryLogin | undefined>;

interface RegistryLogin {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string }>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

const DOCKER_HUB = 'https://index.docker.io/v1/';

/** The logins of `docker login`: from its configuration, or from the helper that this names. */
export function readRegistryLogins({ env, home }: DockerSurroundings): RegistryLogins {
  return async (image) => {
    const file = join(env['DOCKER_CONFIG'] || join(home, '.docker'), 'config.json');
    const config = parse(await readFile(file, 'utf8').catch(() => '{}')) as DockerConfig;
    const registry = registryOf(image);
    const helper = config.credHelpers?.[registry] ?? config.credsStore;
    if (helper !== undefined) return askHelper(helper, registry);
    const { auth = '' } = config.auths?.[registry] ?? {};
    const [username = '', ...password] = Buffer.from(auth, 'base64').toString().split(':');
    return username === '' ? undefined : { username, password: password.join(':'), serveraddress: registry };
  };
}

/** `registry.example/a/b` is of `registry.example`; names without a dot or port before the first slash are Docker Hub's. */
function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : DOCKER_HUB;
}

async function askHelper(helper: string, registry: string): Promise<RegistryLogin | undefined> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const child = execFile(`docker-credential-${helper}`, ['get'], { timeout: 10_000 }, (error, stdout) =>
    resolve(error ? '' : stdout),
  );
  child.stdin?.on('error', () => undefined).end(registry);
  const answer = parse(await promise) as { readonly Username?: string; readonly Secret?: string };
  if (!answer.Username || !answer.Secret) return undefined;
  return { username: answer.Username, password: answer.Secret, serveraddress: registry };
}

function parse(text: string): unknown {
  try {
    return (JSON.parse(text) as unknown) ?? {};
  } catch {
    return {};
  }
}
