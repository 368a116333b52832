import { TestboxError } from '../errors.ts';
import type { ImageFacts } from '../engine/image-store.ts';
import { labelsOf } from '../engine/labels.ts';
import type { ContainerSpec, ImageSource } from '../file/test-file.ts';
import { inParallel } from './in-parallel.ts';
import type { RunOptions, RunParts } from './run-parts.ts';

/** A container together with the image that it is to run. */
export interface PreparedContainer {
  readonly spec: ContainerSpec;
  readonly image: string;
  readonly facts: ImageFacts;
}

/**
 * Pulls what is not here and builds what is to be built, everything at once. Containers of one image or one Dockerfile
 * share it: two builds of the same would end in one image, and each would take the other's for its own.
 */
export async function prepareImages(
  specs: readonly ContainerSpec[],
  parts: RunParts,
  options: RunOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PreparedContainer>> {
  const made = new Map<string, Promise<string>>();
  const makeOnce = (spec: ContainerSpec, signal: AbortSignal): Promise<string> => {
    const key = keyOf(spec.source);
    const image = made.get(key) ?? makeImage(spec, parts, options, signal);
    made.set(key, image);
    return image;
  };
  const prepared = await inParallel(
    specs,
    async (spec, signal) => {
      const image = await makeOnce(spec, signal);
      return { spec, image, facts: await inspect(image, parts) };
    },
    signal,
  );
  return new Map(prepared.map((each) => [each.spec.name, each]));
}

function keyOf(source: ImageSource): string {
  if (source.kind === 'image') return source.image;
  return JSON.stringify([source.dockerfile, source.context, Array.from(source.buildArgs)]);
}

/** @returns its name: `<name>-<random number>` for what is built, without capitals, which names of images know not */
async function makeImage(
  spec: ContainerSpec,
  parts: RunParts,
  options: RunOptions,
  signal: AbortSignal,
): Promise<string> {
  if (spec.source.kind === 'image') {
    await pullIfMissing(spec.source.image, parts, signal);
    return spec.source.image;
  }
  const image = `${spec.name.toLowerCase()}-${options.number}:latest`;
  await build(spec, image, parts, options, signal);
  return image;
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
