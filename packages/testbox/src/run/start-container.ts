import type { EngineFacts } from '../engine/container-engine.ts';
import type { MountOrder, PublishOrder } from '../engine/container-host.ts';
import { labelsOf } from '../engine/labels.ts';
import type { VolumeSpec } from '../file/test-file.ts';
import { expandDeep, expandText, type Lookup } from '../template/template.ts';
import type { PreparedContainer } from './prepare-images.ts';
import { portOf, type RunningContainer } from './running-container.ts';
import type { RunOptions, RunParts } from './run-parts.ts';

/** Makes and starts a container. @param lookup the addresses of those that were started before */
export async function startContainer(
  prepared: PreparedContainer,
  lookup: Lookup,
  parts: RunParts & { readonly engineFacts: EngineFacts },
  options: RunOptions,
): Promise<RunningContainer> {
  const { spec, image } = prepared;
  const { engine, folder, engineFacts, onEvent } = parts;
  const expand = (text: string): string => expandText(text, lookup);
  const files = spec.files.map(async ({ path, from }) => {
    const content =
      from.kind === 'content' ? Buffer.from(expand(from.content)) : await folder.read(from.source);
    return { path, content };
  });
  const fullName = `${spec.name}-${options.number}`;
  const id = await engine.containers.create({
    name: fullName,
    alias: spec.name,
    image,
    network: networkName(options),
    environment: spec.environment.map(expand),
    command: spec.command?.map(expand),
    mounts: spec.volumes.map((volume) => toMount(volume, parts, options)),
    files: await Promise.all(files),
    publish: listPublished(prepared, engineFacts),
    labels: labelsOf(options.runId, options.isKept),
  });
  await engine.containers.start(id);
  const { address, published } = await engine.containers.inspect(id);
  onEvent({ kind: 'started', name: spec.name, image, address });
  const waitFor = spec.waitFor && expandDeep(spec.waitFor, lookup);
  return { ...prepared, spec: { ...spec, waitFor }, id, fullName, address, published };
}

export function networkName({ number }: RunOptions): string {
  return `testbox-${number}`;
}

/** Volumes with a name are shared by the containers of a run, and by nobody else. */
export function volumeName(name: string, { number }: RunOptions): string {
  return `testbox-${number}-${name}`;
}

function toMount(volume: VolumeSpec, { folder }: RunParts, options: RunOptions): MountOrder {
  const source = volume.kind === 'named' ? volumeName(volume.name, options) : folder.resolve(volume.path);
  return { source, target: volume.target, isReadOnly: volume.isReadOnly };
}

const LOOPBACK = '127.0.0.1';

/** What the file asks for, and every port where containers cannot be reached by their own addresses. */
function listPublished(prepared: PreparedContainer, { publishedHost }: EngineFacts): readonly PublishOrder[] {
  const asked = prepared.spec.ports;
  if (publishedHost === undefined) return asked;
  const ports = new Set([portOf(prepared), ...prepared.facts.exposedPorts]);
  const others = Array.from(ports).filter((port) => port !== undefined);
  return [
    ...asked,
    ...others
      .filter((port) => !asked.some((each) => each.port === port))
      .map((port) => ({ host: publishedHost === LOOPBACK ? LOOPBACK : '', hostPort: 0, port })),
  ];
}
