import type { Cluster, WatchEvent } from '../../src/cluster/cluster.ts';
import type { KubeObject } from '../../src/cluster/kube-object.ts';

/** A list and its watches, played by a test. */
export interface ScriptedWatch {
  readonly cluster: Pick<Cluster, 'list' | 'watch'>;
  /** What the next lists answer, or fail with. */
  items: readonly KubeObject[];
  failure: Error | undefined;
  readonly lists: () => number;
  /** From where each watch began. */
  readonly watches: readonly string[];
  /** To the watch that is open. */
  readonly send: (event: WatchEvent) => void;
  readonly end: (failure?: Error) => void;
}

export function scriptWatch(): ScriptedWatch {
  let lists = 0;
  let revision = 100;
  const watches: string[] = [];
  let inbox:
    | { events: WatchEvent[]; wake: () => void; isOver: boolean; failure?: Error | undefined }
    | undefined;
  const script: ScriptedWatch = {
    items: [],
    failure: undefined,
    lists: () => lists,
    watches,
    send: (event) => {
      inbox?.events.push(event);
      inbox?.wake();
    },
    end: (failure) => {
      if (inbox === undefined) return;
      inbox.isOver = true;
      inbox.failure = failure;
      inbox.wake();
    },
    cluster: {
      list: async (_, { keep = (object) => object }) => {
        lists++;
        if (script.failure !== undefined) throw script.failure;
        return { items: script.items.map(keep), resourceVersion: String(++revision) };
      },
      async *watch(_, { resourceVersion, signal }) {
        watches.push(resourceVersion);
        if (script.failure !== undefined) throw script.failure;
        const box = {
          events: [] as WatchEvent[],
          wake: () => {},
          isOver: false,
          failure: undefined as Error | undefined,
        };
        inbox = box;
        signal.addEventListener('abort', () => box.wake());
        for (;;) {
          while (box.events.length > 0) yield box.events.shift() as WatchEvent;
          if (signal.aborted) throw signal.reason;
          if (box.failure !== undefined) throw box.failure;
          if (box.isOver) return;
          await new Promise<void>((resolve) => {
            box.wake = resolve;
          });
        }
      },
    },
  };
  return script;
}

export function makeObject(name: string, resourceVersion: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'x', name, resourceVersion } };
}
