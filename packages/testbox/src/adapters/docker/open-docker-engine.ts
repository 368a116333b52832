import type { ContainerEngine, EngineFacts } from '../../engine/container-engine.ts';
import { createBelongings } from './belongings.ts';
import { createContainerHost } from './container-host.ts';
import { openDockerClient, type DockerClient } from './docker-client.ts';
import type { DockerHost } from './find-docker-host.ts';
import { createImageStore } from './image-store.ts';
import { listUsage } from './list-usage.ts';
import type { RegistryLogins } from './registry-logins.ts';

/** The engine at `host`, over Docker's API. It connects with the first question. */
export function openDockerEngine(host: DockerHost, logins: RegistryLogins): ContainerEngine {
  const client = openDockerClient(host);
  return {
    describe: () => client.ask(() => describeEngine(client, host)),
    images: createImageStore(client, logins),
    containers: createContainerHost(client),
    belongings: createBelongings(client),
    listUsage: (signal) => client.ask(() => listUsage(client, signal)),
  };
}

async function describeEngine({ quick }: DockerClient, host: DockerHost): Promise<EngineFacts> {
  const [version, info] = await Promise.all([
    quick.version(),
    quick.info() as Promise<{
      readonly OperatingSystem?: string;
      readonly SecurityOptions?: readonly string[] | null;
    }>,
  ]);
  const components =
    (version as { readonly Components?: readonly { readonly Name: string }[] }).Components ?? [];
  const isPodman = components.some(({ Name }) => /podman/i.test(Name));
  const isRootless = info.SecurityOptions?.some((option) => option.includes('rootless')) === true;
  const isVirtual = info.OperatingSystem?.includes('Docker Desktop') === true || process.platform !== 'linux';
  return {
    name: `${isPodman ? 'Podman' : 'Docker Engine'} ${version.Version}`,
    publishedHost: host.kind !== 'unix' ? host.host : isRootless || isVirtual ? '127.0.0.1' : undefined,
  };
}
