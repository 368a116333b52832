import type { Labels } from './container-engine.ts';

export interface ImageStore {
  /** undefined where there is no such image here. */
  inspect(image: string): Promise<ImageFacts | undefined>;
  /** @throws TestboxError `no_such_image` */
  pull(image: string, onProgress: (progress: string) => void, signal: AbortSignal): Promise<void>;
  /**
   * Builds and names an image. Nothing that the build made stays when it fails or is broken off.
   * @throws TestboxError `build_failed` with the failing step's output, `unreadable_file`
   */
  build(order: BuildOrder, onStep: (step: string) => void, signal: AbortSignal): Promise<void>;
}

export interface ImageFacts {
  readonly id: string;
  /** Ports of TCP, in rising order. */
  readonly exposedPorts: readonly number[];
  readonly hasHealthCheck: boolean;
}

export interface BuildOrder {
  /** `name:tag` */
  readonly image: string;
  /** Where the Dockerfile lies on this machine. */
  readonly dockerfile: string;
  /** The folder that the build sees. */
  readonly context: string;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly labels: Labels;
  /** Names what the build makes on its way, so that it can be found when this process is killed. */
  readonly runId: string;
}
