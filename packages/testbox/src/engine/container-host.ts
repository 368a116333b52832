import type { Labels } from './container-engine.ts';

export interface ContainerHost {
  createNetwork(name: string, labels: Labels): Promise<void>;
  createVolume(name: string, labels: Labels): Promise<void>;
  /** Makes a container with its files, without starting it. @returns its id */
  create(order: ContainerOrder): Promise<string>;
  start(id: string): Promise<void>;
  inspect(id: string): Promise<ContainerFacts>;
  /** The last lines of its output, the oldest first. */
  readLog(id: string, lines: number): Promise<readonly string[]>;
  /** Its output from the start, line by line, until the signal. */
  followLog(id: string, signal: AbortSignal): AsyncIterable<string>;
}

export interface ContainerOrder {
  /** Unique on the engine. */
  readonly name: string;
  /** What the others of its network call it. */
  readonly alias: string;
  readonly image: string;
  readonly network: string;
  readonly environment: readonly string[];
  readonly command: readonly string[] | undefined;
  readonly mounts: readonly MountOrder[];
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[];
  readonly publish: readonly PublishOrder[];
  readonly labels: Labels;
}

export interface MountOrder {
  /** The name of a volume, or an absolute path of the engine's machine. */
  readonly source: string;
  readonly target: string;
  readonly isReadOnly: boolean;
}

export interface PublishOrder {
  readonly host: string;
  /** 0 for any that is free. */
  readonly hostPort: number;
  readonly port: number;
}

export interface ContainerFacts {
  readonly isRunning: boolean;
  /** Of a container that has ended; undefined before. */
  readonly exitCode: number | undefined;
  readonly wasOutOfMemory: boolean;
  /** On its network; undefined until it runs. */
  readonly address: string | undefined;
  /** Port to the port of the engine's machine that it is published on. */
  readonly published: ReadonlyMap<number, number>;
  /** undefined where the image has no health check. */
  readonly health: 'starting' | 'healthy' | 'unhealthy' | undefined;
  /** What the last health check said. */
  readonly healthOutput: string;
}
