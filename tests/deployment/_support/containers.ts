import { waitFor } from '../../_support/wait-for.ts';
import type { Site } from './site.ts';

/** What our images are built on. */
export const BASE = 'node:24-bookworm-slim';

/** As much of `docker inspect` as tests look at. */
export interface Inspected {
  readonly Id: string;
  readonly State: {
    readonly Running: boolean;
    readonly Pid: number;
    readonly StartedAt: string;
    readonly ExitCode: number;
  };
  readonly Config: { readonly Healthcheck?: { readonly Test: readonly string[] } };
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly { readonly HostIp: string }[] | null>>;
  };
}

/** Those that run for as long as Daywatch does. */
export const SERVICES = [
  'postgres',
  'rabbitmq',
  'calendar-api',
  'calendar-scheduler',
  'calendar-sender',
  'checker',
  'restapi',
  'gometr',
  'postgres-exporter',
  'prometheus',
] as const;
export type ServiceName = (typeof SERVICES)[number] | 'migrate' | 'secrets';

export async function inspect(site: Site, service: ServiceName): Promise<Inspected> {
  const labels = ['com.docker.compose.project=daywatch', `com.docker.compose.service=${service}`];
  const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
  const id = (await site.docker('ps', '--all', '--quiet', ...filters)).trim();
  if (id === '' || id.includes('\n')) throw new Error(`${service} has no or several containers: '${id}'`);
  const [container] = JSON.parse(await site.docker('inspect', id)) as readonly Inspected[];
  if (container === undefined) throw new Error(`the container of ${service} has gone`);
  return container;
}

/** Whether the check of its health passes at this moment. */
async function isWell(site: Site, service: ServiceName): Promise<boolean> {
  const { Id, State, Config } = await inspect(site, service);
  const [kind, ...command] = Config.Healthcheck?.Test ?? [];
  if (kind !== 'CMD')
    throw new Error(`${service} has no check of its health, or one of another kind: ${kind}`);
  if (!State.Running) return false;
  return site.docker('exec', Id, ...command).then(
    () => true,
    () => false,
  );
}

export async function waitUntilWell(
  site: Site,
  services: readonly ServiceName[] = SERVICES,
  deadlineMs = 180_000,
): Promise<void> {
  for (const service of services)
    await waitFor(`${service} to be well`, () => isWell(site, service), deadlineMs, 500);
}

/**
 * Kills the first process of a container, as the kernel does when memory runs out, and waits until the engine has
 * started it again. `docker kill` would tell the engine that it is to stay down.
 */
export async function crash(site: Site, service: ServiceName): Promise<void> {
  const { State } = await inspect(site, service);
  const amongAll = ['--rm', '--pid=host', '--network=none', '--entrypoint=sh'];
  await site.docker('run', ...amongAll, BASE, '-c', `kill -9 ${State.Pid}`);
  await waitFor(`${service} to be started again`, async () => {
    const now = (await inspect(site, service)).State;
    return now.Running && now.StartedAt !== State.StartedAt;
  });
}
