import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { RUN_LABEL } from '../../engine/labels.ts';
import { statusOf } from './to-testbox-error.ts';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 50;

/**
 * Takes the name of an intermediate image away. The container of the next step may still stand on it: the engine ends
 * a build whose client was killed in its own time, and forgets a container that it was just making. Such a one is
 * removed as well; one that runs after the time given is another build's, which has the image from the cache.
 */
export async function removeBuildStep(docker: Docker, name: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const image = docker.getImage(name);
  while (Date.now() < deadline) {
    try {
      await image.remove();
      return;
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      await pause(PAUSE_MS);
    }
  }
  await removeForgotten(docker, name);
  await image.remove();
}

/**
 * A container of ours has the label of its run; one of a build has none, and is made of the step itself and not of an
 * image that stands on it.
 */
async function removeForgotten(docker: Docker, step: string): Promise<void> {
  const { Id: image } = await docker.getImage(step).inspect();
  const filters = { ancestor: [step], status: ['created', 'exited', 'dead'] };
  for (const { Id, ImageID, Labels } of await docker.listContainers({ all: true, filters })) {
    const isForgotten = ImageID === image && Labels[RUN_LABEL] === undefined;
    if (isForgotten) await docker.getContainer(Id).remove({ v: true });
  }
}
