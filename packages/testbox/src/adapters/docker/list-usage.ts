import type { ContainerStats } from 'dockerode';
import type { ContainerUsage } from '../../engine/container-engine.ts';
import type { DockerClient } from './docker-client.ts';
import { statusOf } from './to-testbox-error.ts';

/** What every running container uses. The engine measures for about a second. */
export async function listUsage(
  { slow }: DockerClient,
  signal?: AbortSignal,
): Promise<readonly ContainerUsage[]> {
  const containers = await slow.listContainers();
  const usage = await Promise.all(
    containers.map(async ({ Id, Names, Image }) => {
      try {
        const options = { stream: false, ...(signal && { abortSignal: signal }) } as const;
        const stats = await slow.getContainer(Id).stats(options);
        return { id: Id, name: Names[0]?.slice(1) ?? Id, image: Image, ...measure(stats) };
      } catch (error) {
        // It has ended meanwhile.
        if (statusOf(error) === 404 || statusOf(error) === 409) return undefined;
        throw error;
      }
    }),
  );
  return usage.filter((each) => each !== undefined);
}

/** As `docker stats` reckons: between two readings, and without the cache of files that nobody reads any more. */
function measure({ cpu_stats: now, precpu_stats: before, memory_stats: memory }: ContainerStats) {
  const cpu = now.cpu_usage.total_usage - before.cpu_usage.total_usage;
  const system = now.system_cpu_usage - (before.system_cpu_usage ?? 0);
  const processors = now.online_cpus ?? now.cpu_usage.percpu_usage?.length ?? 1;
  const details: Readonly<Record<string, number>> = { ...memory.stats };
  const inactive = details['total_inactive_file'] ?? details['inactive_file'] ?? 0;
  return {
    cpuPercent: system > 0 && cpu > 0 ? (cpu / system) * processors * 100 : 0,
    memoryBytes: Math.max(0, (memory.usage ?? 0) - inactive),
    memoryLimitBytes: memory.limit ?? 0,
  };
}
