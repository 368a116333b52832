import type { Target } from '../check/caller.ts';
import type { EngineFacts } from '../engine/container-engine.ts';
import { labelsOf } from '../engine/labels.ts';
import { TestboxError } from '../errors.ts';
import { NETWORK_ADDRESS } from '../file/check-references.ts';
import type { ContainerSpec, TestFile } from '../file/test-file.ts';
import type { Lookup } from '../template/template.ts';
import { inParallel } from './in-parallel.ts';
import type { PreparedContainer } from './prepare-images.ts';
import { portOf, type RunningContainer } from './running-container.ts';
import type { RunOptions, RunParts } from './run-parts.ts';
import { networkName, startContainer, volumeName } from './start-container.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export interface StartedSystem {
  readonly target: Target;
  readonly lookup: Lookup;
}

/**
 * Starts the dependencies, group by group, then the container under test; each is waited for.
 * @param running grows with each container that has been started
 */
export async function startEverything(
  file: TestFile,
  prepared: ReadonlyMap<string, PreparedContainer>,
  parts: RunParts & { readonly engineFacts: EngineFacts },
  options: RunOptions,
  running: RunningContainer[],
  signal: AbortSignal,
): Promise<StartedSystem> {
  const { engine } = parts;
  const labels = labelsOf(options.runId, options.isKept);
  const lookup: Lookup = (reference) => lookUpAddress(running, reference);
  const reach: Target['reach'] = (host, port) => findReachable(running, parts.engineFacts, host, port);
  const subject = prepared.get(file.subject.name);
  if (subject !== undefined) assertPort(file, subject);

  signal.throwIfAborted();
  await engine.containers.createNetwork(networkName(options), labels);
  for (const name of listVolumes([...file.dependencies.flat(), file.subject]))
    await engine.containers.createVolume(volumeName(name, options), labels);

  for (const group of [...file.dependencies, [file.subject]]) {
    await inParallel(
      group.flatMap(({ name }) => prepared.get(name) ?? []),
      async (container, signal) => {
        signal.throwIfAborted();
        const started = await startContainer(container, lookup, parts, options);
        running.push(started);
        const port = portOf(started);
        await waitUntilReady(started, { host: started.address ?? '', port, reach }, parts, signal);
      },
      signal,
    );
  }
  const host = lookup(`${file.subject.name}:${NETWORK_ADDRESS}`) ?? '';
  return { lookup, target: { host, port: subject && portOf(subject), reach } };
}

/** Tests with whole addresses need no port; the others cannot do without. */
function assertPort({ subject, tests }: TestFile, container: PreparedContainer): void {
  if (portOf(container) !== undefined) return;
  const needy = tests.find(
    ({ step }) =>
      (step.kind === 'http' && !/^https?:/i.test(step.url)) ||
      (step.kind === 'grpc' && step.address === undefined),
  );
  if (needy === undefined) return;
  throw new TestboxError(
    'no_port',
    `${subject.name}: the image exposes no port, and the test '${needy.name}' needs one: add EXPOSE to the Dockerfile, or 'port' to the file`,
  );
}

function listVolumes(specs: readonly ContainerSpec[]): ReadonlySet<string> {
  return new Set(
    specs.flatMap(({ volumes }) => volumes.flatMap((each) => (each.kind === 'named' ? each.name : []))),
  );
}

function lookUpAddress(running: readonly RunningContainer[], reference: string): string | undefined {
  const [name, property] = reference.split(':').map((part) => part.trim());
  return property === NETWORK_ADDRESS ? running.find(({ spec }) => spec.name === name)?.address : undefined;
}

/** The place itself, or where the engine's machine has published it. */
function findReachable(
  running: readonly RunningContainer[],
  { publishedHost }: EngineFacts,
  host: string,
  port: number,
): { readonly host: string; readonly port: number } {
  if (publishedHost === undefined) return { host, port };
  const published = running.find(({ address }) => address === host)?.published.get(port);
  return published === undefined ? { host, port } : { host: publishedHost, port: published };
}
