import type { Belonging, BelongingKind, Belongings } from '../../engine/belongings.ts';
import { KEEP_LABEL, RUN_LABEL } from '../../engine/labels.ts';
import { BUILD_STEPS } from './build-steps.ts';
import type { DockerClient } from './docker-client.ts';
import { removeBuildStep } from './remove-build-step.ts';
import { statusOf } from './to-testbox-error.ts';

export function createBelongings(client: DockerClient): Belongings {
  return {
    list: (runId) => client.ask(() => listBelongings(client, runId)),
    remove: (belonging) => client.ask(() => remove(client, belonging)),
  };
}

interface Found {
  readonly Labels?: Readonly<Record<string, string>> | null | undefined;
}

async function listBelongings({ quick }: DockerClient, runId?: string): Promise<readonly Belonging[]> {
  const filters = { label: [runId === undefined ? RUN_LABEL : `${RUN_LABEL}=${runId}`] };
  const [containers, networks, { Volumes: volumes }, images, steps] = await Promise.all([
    quick.listContainers({ all: true, filters }),
    quick.listNetworks({ filters }),
    quick.listVolumes({ filters }),
    quick.listImages({ filters: JSON.stringify(filters) }),
    quick.listImages({ filters: JSON.stringify({ reference: [`${BUILD_STEPS}/*`] }) }),
  ]);
  const found = (kind: BelongingKind, id: string, name: string, { Labels }: Found): Belonging => ({
    kind,
    id,
    name,
    runId: Labels?.[RUN_LABEL] ?? '',
    isKept: Labels?.[KEEP_LABEL] === 'true',
  });
  return [
    ...containers.map((each) => found('container', each.Id, each.Names[0]?.slice(1) ?? each.Id, each)),
    ...networks.map((each) => found('network', each.Id, each.Name, each)),
    // The engine says null where there is none.
    ...((volumes as typeof volumes | null) ?? []).map((each) => found('volume', each.Name, each.Name, each)),
    ...listSteps(steps.flatMap(({ RepoTags }) => RepoTags ?? [])).filter(
      (step) => runId === undefined || step.runId === runId,
    ),
    ...images.map((each) => found('image', each.Id, each.RepoTags?.[0] ?? each.Id, each)),
  ];
}

/** By their names alone, the last step first; see `BuildSteps`. */
function listSteps(names: readonly string[]): readonly Belonging[] {
  return names
    .flatMap((name) => {
      const [, runId, step] = /^(?:localhost\/)?testbox-build\/([^:]+):(\d+)$/.exec(name) ?? [];
      return runId === undefined ? [] : [{ name, runId, step: Number(step) }];
    })
    .toSorted((a, b) => b.step - a.step)
    .map(({ name, runId }) => ({ kind: 'build-step', id: name, name, runId, isKept: false }));
}

async function remove({ quick }: DockerClient, { kind, id }: Belonging): Promise<void> {
  try {
    switch (kind) {
      case 'container':
        await quick.getContainer(id).remove({ force: true, v: true });
        break;
      case 'network':
        await quick.getNetwork(id).remove();
        break;
      case 'volume':
        await quick.getVolume(id).remove();
        break;
      case 'build-step':
        await removeBuildStep(quick, id);
        break;
      case 'image':
        await quick.getImage(id).remove({ force: true });
        break;
      default:
        kind satisfies never;
    }
  } catch (error) {
    // It has gone, or somebody else is at it already.
    const isGoing = /removal of container .* is already in progress/i.test(String(error));
    if (statusOf(error) !== 404 && !isGoing) throw error;
  }
}
