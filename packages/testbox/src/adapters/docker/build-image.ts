import type { BuildOrder } from '../../engine/image-store.ts';
import { TestboxError } from '../../errors.ts';
import { BuildSteps } from './build-steps.ts';
import type { DockerClient } from './docker-client.ts';
import { FOREIGN_DOCKERFILE, packContext } from './pack-context.ts';
import { readJsonLines } from './read-json-lines.ts';
import { reasonOf, statusOf } from './to-testbox-error.ts';

interface BuildLine {
  readonly stream?: string;
  readonly error?: string;
}

const MAX_ATTEMPTS = 3;
/** What the engine says when an image of its cache went away between two steps. */
const VANISHED = /no such image|failed to get digest|unknown parent image/i;

/**
 * Builds an image with the engine's own builder. A step may come from the cache, as another run's: when that run is
 * over just then, the image goes and the build fails for no fault of its own. It is tried again then.
 */
export async function buildImage(
  client: DockerClient,
  order: BuildOrder,
  onStep: (step: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await buildOnce(client, order, onStep, signal);
      return;
    } catch (error) {
      const hasVanished = error instanceof TestboxError && VANISHED.test(error.message);
      if (!hasVanished || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** The intermediate images of a build get names, so that nothing is lost. */
async function buildOnce(
  client: DockerClient,
  order: BuildOrder,
  onStep: (step: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const steps = new BuildSteps(client, order.runId, onStep);
  const refuse = (reason: string, cause?: unknown): never => {
    throw new TestboxError(
      'build_failed',
      `${order.image.split(':')[0]}: the build failed: ${reason.replace(FOREIGN_DOCKERFILE, order.dockerfile).trim()}`,
      {
        details: steps.describeLast(),
        cause,
      },
    );
  };
  const { tar, dockerfile } = await packContext(order.context, order.dockerfile);
  // The builder is listened to a moment longer than the signal says, until it has told what it is just making.
  const stop = new AbortController();
  const onAbort = (): void => void steps.untilTold().then(() => stop.abort(signal.reason));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const stream = await client.slow.buildImage(tar, {
      abortSignal: stop.signal,
      t: order.image,
      dockerfile,
      labels: order.labels,
      buildargs: Object.fromEntries(order.buildArgs),
      rm: true,
      forcerm: true,
    });
    for await (const line of readJsonLines<BuildLine>(stream, stop.signal)) {
      if (line.stream !== undefined) steps.read(line.stream);
      if (line.error !== undefined) refuse(line.error);
    }
  } catch (error) {
    if (signal.aborted) await steps.waitForTheLast();
    signal.throwIfAborted();
    if (statusOf(error) !== undefined) refuse(reasonOf(error), error);
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    tar.destroy();
    await steps.forget();
  }
}
