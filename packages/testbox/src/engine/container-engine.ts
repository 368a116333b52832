import type { ContainerHost } from './container-host.ts';
import type { ImageStore } from './image-store.ts';
import type { Belongings } from './belongings.ts';

/** A Docker Engine, or what speaks its API. Every method throws `TestboxError` alone. */
export interface ContainerEngine {
  /** What it is, and whether it is there at all. @throws TestboxError `no_engine`, `no_permission` */
  describe(): Promise<EngineFacts>;
  readonly images: ImageStore;
  readonly containers: ContainerHost;
  readonly belongings: Belongings;
  /** The running containers of everybody, with what they use. It takes the engine a second or two. */
  listUsage(signal?: AbortSignal): Promise<readonly ContainerUsage[]>;
}

export interface EngineFacts {
  /** `Docker Engine 20.10.24`, `Podman 4.3.1` */
  readonly name: string;
  /**
   * Where published ports are to be found; undefined where containers' own addresses can be reached from here, as on
   * Linux without a virtual machine between.
   */
  readonly publishedHost: string | undefined;
}

export interface ContainerUsage {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** 100 is one processor. */
  readonly cpuPercent: number;
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number;
}

export type Labels = Readonly<Record<string, string>>;
