import { TestboxError } from '../../errors.ts';
import { formatBytes } from '../../usage/format-usage.ts';
import type { DockerClient } from './docker-client.ts';
import { readJsonLines } from './read-json-lines.ts';
import type { RegistryLogins } from './registry-logins.ts';
import { reasonOf, statusOf } from './to-testbox-error.ts';

interface PullLine {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

/** Pulls an image, with the login of its registry where there is one. */
export async function pullImage(
  { slow }: DockerClient,
  logins: RegistryLogins,
  image: string,
  onProgress: (progress: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new TestboxError(
      'no_such_image',
      `the image ${image} is not here, and pulling it failed: ${reason}`,
      { cause },
    );
  };
  const login = await logins(image);
  const layers = new Map<string, { readonly current: number; readonly total: number }>();
  try {
    const stream = await slow.pull(image, { abortSignal: signal, ...(login && { authconfig: login }) });
    for await (const { id, progressDetail, error } of readJsonLines<PullLine>(stream, signal)) {
      if (error !== undefined) refuse(error);
      const { current, total } = progressDetail ?? {};
      if (id === undefined || current === undefined || total === undefined) continue;
      layers.set(id, { current, total });
      onProgress(describeProgress(Array.from(layers.values())));
    }
  } catch (error) {
    signal.throwIfAborted();
    // An answer that is an error: the registry has said no, or nobody there has answered.
    if (statusOf(error) !== undefined) refuse(reasonOf(error), error);
    throw error;
  }
}

function describeProgress(layers: readonly { readonly current: number; readonly total: number }[]): string {
  const sum = (pick: 'current' | 'total'): number => layers.reduce((sum, layer) => sum + layer[pick], 0);
  return `${formatBytes(sum('current'))} of ${formatBytes(sum('total'))}`;
}
