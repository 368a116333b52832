import type { ContainerInspectInfo } from 'dockerode';
import { pack } from 'tar-stream';
import type { ContainerFacts, ContainerHost, ContainerOrder } from '../../engine/container-host.ts';
import { TestboxError } from '../../errors.ts';
import type { DockerClient } from './docker-client.ts';
import { followLog, splitLog } from './read-log.ts';
import { reasonOf, statusOf } from './to-testbox-error.ts';

export function createContainerHost(client: DockerClient): ContainerHost {
  const { quick, slow, ask } = client;
  return {
    createNetwork: (name, labels) =>
      ask(async () => void (await quick.createNetwork({ Name: name, Labels: labels, CheckDuplicate: true }))),
    createVolume: (name, labels) =>
      ask(async () => void (await quick.createVolume({ Name: name, Labels: labels }))),
    create: (order) => ask(() => createContainer(client, order)),
    start: (id) =>
      ask(async () => {
        try {
          await quick.getContainer(id).start();
        } catch (error) {
          // 400 and 404: the command is not in the image, or may not be run.
          if (statusOf(error) === undefined) throw error;
          const { Name } = await quick.getContainer(id).inspect();
          throw new TestboxError(
            'container_died',
            `${Name.slice(1)}: the container cannot be started: ${reasonOf(error)}`,
            { cause: error },
          );
        }
      }),
    inspect: (id) => ask(async () => toFacts(await quick.getContainer(id).inspect())),
    readLog: (id, lines) =>
      ask(async () => {
        const log: unknown = await quick.getContainer(id).logs({ stdout: true, stderr: true, tail: lines });
        // The client takes a log that happens to be JSON for an answer that is.
        return splitLog(Buffer.isBuffer(log) ? log : Buffer.from(JSON.stringify(log)));
      }),
    followLog: (id, signal) => followLog(slow.getContainer(id), signal),
  };
}

async function createContainer({ quick }: DockerClient, order: ContainerOrder): Promise<string> {
  const container = await quick.createContainer({
    name: order.name,
    Image: order.image,
    Env: [...order.environment],
    ...(order.command && { Cmd: [...order.command] }),
    Labels: order.labels,
    ExposedPorts: Object.fromEntries(order.publish.map(({ port }) => [`${port}/tcp`, {}])),
    HostConfig: {
      NetworkMode: order.network,
      Mounts: order.mounts.map(({ source, target, isReadOnly }) => ({
        Type: source.startsWith('/') ? 'bind' : 'volume',
        Source: source,
        Target: target,
        ReadOnly: isReadOnly,
      })),
      PortBindings: Object.fromEntries(
        order.publish.map(({ host, hostPort, port }) => [
          `${port}/tcp`,
          [{ HostIp: host, HostPort: hostPort === 0 ? '' : String(hostPort) }],
        ]),
      ),
    },
    NetworkingConfig: { EndpointsConfig: { [order.network]: { Aliases: [order.alias] } } },
  });
  if (order.files.length > 0) {
    const tar = pack();
    for (const { path, content } of order.files)
      tar.entry({ name: path.slice(1), mode: 0o644 }, Buffer.from(content));
    tar.finalize();
    await container.putArchive(tar, { path: '/' });
  }
  return container.id;
}

function toFacts({ State, NetworkSettings }: ContainerInspectInfo): ContainerFacts {
  const health = State.Health;
  // Podman has a health without a log for containers that have no check.
  const log = health?.Log as { readonly Output: string }[] | null | undefined;
  const addresses = Object.values(NetworkSettings.Networks).flatMap(({ IPAddress }) => IPAddress || []);
  const published = Object.entries(NetworkSettings.Ports ?? {}).flatMap(([port, bindings]) => {
    const hostPort = (bindings as typeof bindings | null)?.[0]?.HostPort;
    return hostPort ? [[Number.parseInt(port, 10), Number(hostPort)] as const] : [];
  });
  return {
    isRunning: State.Running,
    exitCode: State.Running ? undefined : State.ExitCode,
    wasOutOfMemory: State.OOMKilled,
    address: addresses[0],
    published: new Map(published),
    health: toHealth(health?.Status),
    healthOutput: log?.at(-1)?.Output.trim() ?? '',
  };
}

function toHealth(status: string | undefined): ContainerFacts['health'] {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : undefined;
}
