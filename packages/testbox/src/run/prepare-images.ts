import { TestboxError } from '../errors.ts';
import type { ImageFacts } from '../engine/image-store.ts';
import { labelsOf } from '../engine/labels.ts';
import type { ContainerSpec } from '../file/test-file.ts';
import { inParallel } from './in-parallel.ts';
import type { RunOptions, RunParts } from './run-parts.ts';

/** A container together with the image that it is to run. */
export interface PreparedContainer {
  readonly spec: ContainerSpec;
  readonly image: string;
  readonly facts: ImageFacts;
}

/** Pulls what is not here and builds what is to be built, everything at once. */
export async function prepareImages(
  specs: readonly ContainerSpec[],
  parts: RunParts,
  options: RunOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PreparedContainer>> {
  // Two containers of one image need it once.
  const pulls = new Map<string, Promise<void>>();
  const pullOnce = (image: string, signal: AbortSignal): Promise<void> => {
    const pull = pulls.get(image) ?? pullIfMissing(image, parts, signal);
    pulls.set(image, pull);
    return pull;
  };
  const prepared = await inParallel(
    specs,
    async (spec, signal) => {
      const image = imageOf(spec, options);
      if (spec.source.kind === 'image') await pullOnce(image, signal);
      else await build(spec, image, parts, options, signal);
      return { spec, image, facts: await inspect(image, parts) };
    },
    signal,
  );
  return new Map(prepared.map((each) => [each.spec.name, each]));
}

/** `<name>-<random number>` for what is built; names of images know no capitals. */
function imageOf({ name, source }: ContainerSpec, { number }: RunOptions): string {
  return source.kind === 'image' ? source.image : `${name.toLowerCase()}-${number}:latest`;
}

async function pullIfMissing(
  image: string,
  { engine, onEvent }: RunParts,
  signal: AbortSignal,
): Promise<void> {
  if (await engine.images.inspect(image)) return;
  onEvent({ kind: 'pulling', image, progress: '' });
  await engine.images.pull(image, (progress) => onEvent({ kind: 'pulling', image, progress }), signal);
}

async function build(
  { name, source }: ContainerSpec,
  image: string,
  { engine, folder, onEvent }: RunParts,
  { runId, isKept }: RunOptions,
  signal: AbortSignal,
): Promise<void> {
  if (source.kind !== 'build') return;
  const { file, folder: around } = await folder.findDockerfile(source.dockerfile);
  signal.throwIfAborted();
  onEvent({ kind: 'building', name, step: '' });
  const order = {
    image,
    dockerfile: file,
    context: source.context === undefined ? around : folder.resolve(source.context),
    buildArgs: source.buildArgs,
    labels: labelsOf(runId, isKept),
    runId,
  };
  await engine.images.build(order, (step) => onEvent({ kind: 'building', name, step }), signal);
}

async function inspect(image: string, { engine }: RunParts): Promise<ImageFacts> {
  const facts = await engine.images.inspect(image);
  if (facts) return facts;
  throw new TestboxError('no_such_image', `the image ${image} is gone: somebody has removed it just now`);
}
