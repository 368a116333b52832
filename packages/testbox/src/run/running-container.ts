import type { PreparedContainer } from './prepare-images.ts';

/** A container that has been started, and may have ended. */
export interface RunningContainer extends PreparedContainer {
  readonly id: string;
  /** Unique on the engine: what `docker exec` wants. */
  readonly fullName: string;
  /** On the run's network; undefined for one that has ended at once. */
  readonly address: string | undefined;
  /** Port to the port of the engine's machine. */
  readonly published: ReadonlyMap<number, number>;
}

/** The port that it listens on, as far as anybody has said. */
export function portOf({ spec, facts }: PreparedContainer): number | undefined {
  return spec.port ?? facts.exposedPorts[0];
}
